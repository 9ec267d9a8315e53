package dev.bylaw.playbook.template;

import dev.bylaw.document.Node;
import dev.bylaw.playbook.action.ActionSpec.Kind;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads templates out of a document and tells what is wrong with them. Not thread-safe; made for
 * one document.
 *
 * <p>A reference is written in double braces: {@code name}, {@code name.key.0}, {@code
 * steps.id.output.key}, {@code secrets.name}, in a step's output {@code output.key}. What stands
 * between single quotes in double braces is itself, two open braces for instance.
 */
public final class TemplateReader {
  private static final String UNCLOSED = "E0320";
  private static final String NO_REFERENCE = "E0321";
  private static final String SECRET_HERE = "E0326";
  private static final String IN_KEY = "E0328";
  private static final String IN_QUOTES = "E0330";
  private static final String IN_COMMENT = "E0331";
  private static final String AS_IDENTIFIER = "E0332";
  private static final String MIXED_BINDS = "E0333";
  private static final String UNCLOSED_SQL = "E0334";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /** Looks at each reference that is read: whether there is such a thing. */
  public interface Names {
    /** Looks at one reference, which stands at a place, and tells what is wrong with it. */
    void see(Reference reference, Span span);
  }

  /** A piece of a text: what is written, or a reference, with its place in the text. */
  private record Piece(String literal, List<Reference> reference, int start, int end) {}

  private final Names names;
  private final Diagnostics diagnostics;

  public TemplateReader(Names names, Diagnostics diagnostics) {
    this.names = names;
    this.diagnostics = diagnostics;
  }

  /** The template of a node that holds something of a kind. */
  public Template read(Node node, Kind kind) {
    return switch (node) {
      case Node.Template whole -> text(whole.text(), kind, (start, end) -> whole.span());
      case Node.Scalar scalar when scalar.value() instanceof StringValue || isText(kind) ->
          text(scalar.text(), kind, new Placer(scalar)::span);
      case Node.Scalar scalar -> new Template.Constant(scalar.value());
      case Node.Sequence sequence -> {
        List<Template> elements = new ArrayList<>();
        for (Node element : sequence.elements()) {
          elements.add(read(element, within(kind)));
        }
        yield elements.stream().allMatch(Template.Constant.class::isInstance)
            ? new Template.Constant(sequence.value())
            : new Template.Elements(elements);
      }
      case Node.Mapping mapping -> {
        Template.Members members = members(mapping, _ -> within(kind));
        yield members.members().stream()
                .allMatch(member -> member.template() instanceof Template.Constant)
            ? new Template.Constant(mapping.value())
            : members;
      }
    };
  }

  /** The templates of a mapping, each of the kind that its key says. */
  public Template.Members members(Node.Mapping mapping, Function<String, Kind> kinds) {
    List<Template.Members.Member> members = new ArrayList<>();
    for (Node.Entry entry : mapping.entries()) {
      if (entry.key().contains("{{")) {
        diagnostics.error(
            IN_KEY,
            entry.keySpan(),
            "a template in a key is not filled in",
            "keys are fixed; put the template in a value");
      }
      members.add(
          new Template.Members.Member(
              StringValue.of(entry.key()), read(entry.node(), kinds.apply(entry.key()))));
    }
    return new Template.Members(members);
  }

  private static boolean isText(Kind kind) {
    return switch (kind) {
      case TEXT, SQL, URL, HEADER -> true;
      case ANY, NUMBER, BOOLEAN, OBJECT, LIST -> false;
    };
  }

  /** What the parts of a list or mapping are: a list of addresses is still of headers. */
  private static Kind within(Kind kind) {
    return switch (kind) {
      case HEADER, URL -> kind;
      case ANY, TEXT, NUMBER, BOOLEAN, OBJECT, LIST, SQL -> Kind.ANY;
    };
  }

  private static TextPlace place(Kind kind) {
    return switch (kind) {
      case URL -> TextPlace.URL;
      case HEADER -> TextPlace.HEADER;
      case ANY, TEXT, NUMBER, BOOLEAN, OBJECT, LIST, SQL -> TextPlace.TEXT;
    };
  }

  /** Where a range of a text stands in the source. */
  private interface Places {
    Span of(int start, int end);
  }

  private Template text(String text, Kind kind, Places places) {
    if (!text.contains("{{")) {
      return new Template.Constant(StringValue.of(text));
    }
    List<Piece> pieces = pieces(text, places);
    for (Piece piece : pieces) {
      for (Reference reference : piece.reference()) {
        Span span = places.of(piece.start(), piece.end());
        if (reference.root() == Reference.Root.SECRET && kind == Kind.URL) {
          diagnostics.error(
              SECRET_HERE,
              span,
              "a secret in a URL ends up in logs",
              "put it in a header of the request");
        }
        names.see(reference, span);
      }
    }
    if (pieces.size() == 1 && !pieces.getFirst().reference().isEmpty()) {
      return new Template.Whole(place(kind), pieces.getFirst().reference().getFirst());
    }
    if (pieces.stream().allMatch(piece -> piece.reference().isEmpty())) {
      var out = new StringBuilder();
      pieces.forEach(piece -> out.append(piece.literal()));
      return new Template.Constant(StringValue.of(out.toString()));
    }
    return kind == Kind.SQL ? statement(pieces, places) : textTemplate(pieces, kind);
  }

  private static Template textTemplate(List<Piece> pieces, Kind kind) {
    List<Template.Text.Part> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      parts.add(
          piece.reference().isEmpty()
              ? new Template.Text.Part.Literal(piece.literal())
              : new Template.Text.Part.Hole(piece.reference().getFirst()));
    }
    return new Template.Text(place(kind), parts);
  }

  private List<Piece> pieces(String text, Places places) {
    List<Piece> pieces = new ArrayList<>();
    int done = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", done)) {
      if (open > done) {
        pieces.add(new Piece(text.substring(done, open), List.of(), done, open));
      }
      boolean quoted = text.startsWith("{{'", open);
      int close = quoted ? text.indexOf("'}}", open + 3) + 1 : text.indexOf("}}", open);
      int again = text.indexOf("{{", open + 2);
      if (close <= 0 || (!quoted && again >= 0 && again < close)) {
        diagnostics.error(
            UNCLOSED, places.of(open, open + 2), "a template that is not closed", "add `}}`");
        done = again < 0 ? text.length() : again;
        continue;
      }
      String inside = text.substring(open + 2, close).strip();
      done = close + 2;
      if (quoted) {
        pieces.add(new Piece(inside.substring(1, inside.length() - 1), List.of(), open, done));
      } else {
        reference(inside, places.of(open, done), pieces, open, done);
      }
    }
    if (done < text.length()) {
      pieces.add(new Piece(text.substring(done), List.of(), done, text.length()));
    }
    return pieces;
  }

  private void reference(String inside, Span span, List<Piece> pieces, int start, int end) {
    List<String> keys = List.of(inside.split("\\.", -1));
    boolean wellFormed = NAME.matcher(keys.getFirst()).matches();
    for (String key : keys) {
      wellFormed &= KEY.matcher(key).matches();
    }
    boolean deep = keys.getFirst().equals("steps") || keys.getFirst().equals("secrets");
    if (!wellFormed || (deep && keys.size() < 2)) {
      diagnostics.error(
          NO_REFERENCE,
          span,
          "expected a reference, found "
              + (inside.isEmpty() ? "nothing" : "`" + shorten(inside) + "`"),
          deep
              ? "write `" + keys.getFirst() + ".<name>`"
              : "a name, `steps.<id>.output.<key>` or `secrets.<name>`; conditions go into `if`");
      pieces.add(new Piece("", List.of(), start, end));
      return;
    }
    Reference reference =
        switch (keys.getFirst()) {
          case "steps" ->
              new Reference(Reference.Root.STEP, keys.get(1), keys.subList(2, keys.size()));
          case "secrets" ->
              new Reference(Reference.Root.SECRET, keys.get(1), keys.subList(2, keys.size()));
          case "output" -> new Reference(Reference.Root.OUTPUT, "", keys.subList(1, keys.size()));
          default ->
              new Reference(Reference.Root.NAME, keys.getFirst(), keys.subList(1, keys.size()));
        };
    pieces.add(new Piece("", List.of(reference), start, end));
  }

  private Template statement(List<Piece> pieces, Places places) {
    var scanned = new StringBuilder();
    var sql = new StringBuilder();
    List<Reference> binds = new ArrayList<>();
    List<Piece> holes = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.reference().isEmpty()) {
        scanned.append(piece.literal().replace(SqlShape.HOLE, '\uFFFD'));
        sql.append(piece.literal());
      } else {
        scanned.append(SqlShape.HOLE);
        sql.append('?');
        binds.addAll(piece.reference());
        holes.add(piece);
      }
    }
    SqlShape.Shape shape = SqlShape.of(scanned.toString());
    for (int i = 0; i < holes.size(); i++) {
      tell(shape.holes().get(i), places.of(holes.get(i).start(), holes.get(i).end()));
    }
    Span whole = places.of(0, 0);
    if (shape.placeholder()) {
      diagnostics.error(
          MIXED_BINDS,
          whole,
          "the statement has a `?` beside its templates",
          "each template becomes a bind parameter; write all of them as templates");
    }
    if (shape.unclosed()) {
      diagnostics.error(UNCLOSED_SQL, whole, "a quote or comment in the SQL is not closed");
    }
    return new Template.Statement(sql.toString(), binds);
  }

  private void tell(SqlShape.Place place, Span span) {
    switch (place) {
      case VALUE -> {}
      case QUOTED ->
          diagnostics.error(
              IN_QUOTES,
              span,
              "a template inside the quotes of SQL",
              "leave the quotes out: it becomes a bind parameter");
      case COMMENTED ->
          diagnostics.error(
              IN_COMMENT, span, "a template inside a comment of SQL", "take it out of the comment");
      case IDENTIFIER ->
          diagnostics.error(
              AS_IDENTIFIER,
              span,
              "a template where SQL takes no value, in place of an identifier for instance",
              "only values can be filled in; write names, keywords and lists out");
    }
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "…";
  }

  /** Finds the places of a scalar's templates, in block and folded scalars too. */
  private record Placer(Node.Scalar scalar) {
    Span span(int start, int end) {
      Span exact = scalar.within(start, end);
      if (!exact.equals(scalar.span()) || start == end) {
        return start == end ? head() : exact;
      }
      String text = scalar.text();
      String wanted = text.substring(start, end);
      String raw = scalar.span().text();
      int found = raw.indexOf(wanted);
      for (int i = text.indexOf(wanted); i >= 0 && i < start && found >= 0; ) {
        i = text.indexOf(wanted, i + 1);
        found = raw.indexOf(wanted, found + 1);
      }
      int base = scalar.span().start() + found;
      return found < 0 ? exact : scalar.span().source().span(base, base + wanted.length());
    }

    private Span head() {
      return scalar.span();
    }
  }
}
