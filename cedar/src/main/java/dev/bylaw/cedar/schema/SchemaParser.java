package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.schema.SchemaDeclarations.ActionDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.AppliesTo;
import dev.bylaw.cedar.schema.SchemaDeclarations.AttributeDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.CommonType;
import dev.bylaw.cedar.schema.SchemaDeclarations.EntityDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameKind;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.Namespace;
import dev.bylaw.cedar.schema.SchemaDeclarations.TypeExpr;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.cedar.text.TokenReader;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads Cedar's schema language; after a mistake it goes on behind the next semicolon. */
public final class SchemaParser {
  private static final int DEEPEST = 200;
  private static final List<String> DECLARATIONS =
      List.of("namespace", "entity", "action", "type", "external");

  private final TokenReader tokens;
  private int depth;

  private SchemaParser(Source source, Diagnostics diagnostics) {
    this.tokens = new TokenReader(source, diagnostics);
  }

  /** The declarations of a text; those with mistakes are left out. */
  public static SchemaDeclarations parse(Source source, Diagnostics diagnostics) {
    return new SchemaParser(source, diagnostics).schema();
  }

  /** Declarations of one namespace, as they are collected. */
  private static final class Body {
    private final List<CommonType> types = new ArrayList<>();
    private final List<EntityDeclaration> entities = new ArrayList<>();
    private final List<ActionDeclaration> actions = new ArrayList<>();

    Namespace named(String name, SequencedMap<String, String> annotations, Place place) {
      return new Namespace(name, annotations, types, entities, actions, place);
    }
  }

  private SchemaDeclarations schema() {
    var namespaces = new LinkedHashMap<String, Namespace>();
    var unnamed = new Body();
    while (!tokens.atEnd()) {
      try {
        var annotations = annotations();
        Token word = tokens.peek();
        if (tokens.acceptWord("namespace")) {
          Namespace namespace = namespace(word.start(), annotations);
          if (namespaces.putIfAbsent(namespace.name(), namespace) != null) {
            tokens.error(
                "C0210", word, "namespace `" + namespace.name() + "` is written twice", "");
          }
        } else {
          declaration(annotations, unnamed);
        }
      } catch (TokenReader.Unexpected reported) {
        skip();
      }
    }
    var all = new ArrayList<Namespace>();
    if (!unnamed.types.isEmpty() || !unnamed.entities.isEmpty() || !unnamed.actions.isEmpty()) {
      all.add(unnamed.named("", new LinkedHashMap<>(), Place.NONE));
    }
    all.addAll(namespaces.values());
    return new SchemaDeclarations(all);
  }

  private void skip() {
    while (!tokens.atEnd() && !tokens.accept(";")) {
      tokens.next();
    }
    while (tokens.peek().is("}")) {
      tokens.next();
    }
  }

  private Namespace namespace(int start, SequencedMap<String, String> annotations) {
    String name = tokens.expectPath("the name of a namespace");
    tokens.expect("{");
    var body = new Body();
    while (!tokens.peek().is("}")) {
      if (tokens.atEnd()) {
        throw tokens.unexpected("`}`");
      }
      try {
        declaration(annotations(), body);
      } catch (TokenReader.Unexpected reported) {
        while (!tokens.atEnd() && !tokens.accept(";")) {
          tokens.next();
        }
      }
    }
    tokens.expect("}");
    return body.named(name, annotations, tokens.placeFrom(start));
  }

  private SequencedMap<String, String> annotations() {
    var annotations = new LinkedHashMap<String, String>();
    while (tokens.accept("@")) {
      Token key = tokens.expectWord("the name of an annotation");
      String value = "";
      if (tokens.accept("(")) {
        value = tokens.expectString("a string in double quotes");
        tokens.expect(")");
      }
      if (annotations.putIfAbsent(key.text(), value) != null) {
        tokens.error("C0110", key, "annotation `@" + key.text() + "` is written twice", "");
      }
    }
    return annotations;
  }

  private void declaration(SequencedMap<String, String> annotations, Body body) {
    Token word = tokens.peek();
    boolean external = tokens.acceptWord("external");
    if (tokens.acceptWord("entity")) {
      body.entities.addAll(entities(word.start(), annotations, external));
    } else if (tokens.acceptWord("action")) {
      body.actions.addAll(actions(word.start(), annotations, external));
    } else if (external) {
      throw tokens.unexpectedWord("`entity` or `action`", List.of("entity", "action"));
    } else if (tokens.acceptWord("type")) {
      String name = tokens.expectName("the name of a type").text();
      tokens.expect("=");
      TypeExpr type = type();
      tokens.expect(";");
      body.types.add(new CommonType(name, annotations, type, tokens.placeFrom(word.start())));
    } else {
      throw tokens.unexpectedWord("`entity`, `action`, `type` or `namespace`", DECLARATIONS);
    }
  }

  /** Entity types; of external ones, only what they can be in is declared. */
  private List<EntityDeclaration> entities(
      int start, SequencedMap<String, String> annotations, boolean external) {
    var names = new ArrayList<Token>();
    do {
      names.add(tokens.expectName("the name of an entity type"));
    } while (tokens.accept(","));
    List<NameRef> parents = List.of();
    TypeExpr shape = new TypeExpr.RecordOf(List.of(), Place.NONE);
    TypeExpr tags = null;
    List<String> choices = null;
    if (external) {
      parents = tokens.acceptWord("in") ? entityTypes() : parents;
    } else if (tokens.acceptWord("enum")) {
      choices = choices();
    } else {
      if (tokens.acceptWord("in")) {
        parents = entityTypes();
      }
      boolean equals = tokens.accept("=");
      if (equals || tokens.peek().is("{")) {
        shape = record();
      }
      if (tokens.acceptWord("tags")) {
        tags = type();
      }
    }
    if (!tokens.peek().is(";")) {
      throw tokens.unexpectedWord("`;`", external ? List.of("in") : List.of("in", "tags", "enum"));
    }
    tokens.next();
    var all = new ArrayList<EntityDeclaration>();
    for (Token name : names) {
      Place place = names.size() == 1 ? tokens.placeFrom(start) : tokens.place(name);
      all.add(
          new EntityDeclaration(
              name.text(), annotations, parents, shape, tags, choices, external, place));
    }
    return all;
  }

  private List<String> choices() {
    tokens.expect("[");
    var choices = new ArrayList<String>();
    do {
      choices.add(tokens.expectString("the id of an entity in double quotes"));
    } while (tokens.accept(","));
    tokens.expect("]");
    return choices;
  }

  private List<NameRef> entityTypes() {
    if (!tokens.accept("[")) {
      return List.of(entityType());
    }
    var all = new ArrayList<NameRef>();
    if (!tokens.accept("]")) {
      do {
        all.add(entityType());
      } while (tokens.accept(","));
      tokens.expect("]");
    }
    return all;
  }

  private NameRef entityType() {
    int start = tokens.peek().start();
    String name = tokens.expectPath("the name of an entity type");
    return new NameRef(name, tokens.placeFrom(start));
  }

  /** A name: a word or a string. */
  private String name(String what) {
    return tokens.peek().kind() == Token.Kind.STRING
        ? tokens.string(tokens.next())
        : tokens.expectName(what).text();
  }

  /** Actions; of external ones, only what they are in is declared. */
  private List<ActionDeclaration> actions(
      int start, SequencedMap<String, String> annotations, boolean external) {
    var names = new ArrayList<String>();
    var places = new ArrayList<Place>();
    do {
      Token token = tokens.peek();
      names.add(name("the name of an action"));
      places.add(tokens.place(token));
    } while (tokens.accept(","));
    List<ActionRef> parents = tokens.acceptWord("in") ? actionRefs() : List.of();
    AppliesTo appliesTo =
        !external && tokens.acceptWord("appliesTo") ? appliesTo(names.getFirst()) : null;
    if (!external && tokens.acceptWord("attributes")) {
      tokens.expect("{");
      tokens.expect("}");
    }
    if (!tokens.peek().is(";")) {
      throw tokens.unexpectedWord(
          "`;`", external ? List.of("in") : List.of("in", "appliesTo", "attributes"));
    }
    tokens.next();
    var all = new ArrayList<ActionDeclaration>();
    for (int i = 0; i < names.size(); i++) {
      Place place = names.size() == 1 ? tokens.placeFrom(start) : places.get(i);
      all.add(
          new ActionDeclaration(names.get(i), annotations, parents, appliesTo, external, place));
    }
    return all;
  }

  private List<ActionRef> actionRefs() {
    if (!tokens.accept("[")) {
      return List.of(actionRef());
    }
    var all = new ArrayList<ActionRef>();
    do {
      all.add(actionRef());
    } while (tokens.accept(","));
    tokens.expect("]");
    return all;
  }

  private ActionRef actionRef() {
    int start = tokens.peek().start();
    if (tokens.peek().kind() == Token.Kind.STRING) {
      String id = tokens.string(tokens.next());
      return new ActionRef(null, id, tokens.placeFrom(start));
    }
    String path = tokens.expectPath("the name of an action");
    if (tokens.accept("::")) {
      String id = tokens.expectString("the id of an action in double quotes");
      return new ActionRef(path, id, tokens.placeFrom(start));
    }
    if (path.contains("::")) {
      throw tokens.unexpected("`::` and the id of an action in double quotes");
    }
    return new ActionRef(null, path, tokens.placeFrom(start));
  }

  private AppliesTo appliesTo(String action) {
    int start = tokens.peek().start();
    tokens.expect("{");
    List<NameRef> principals = null;
    List<NameRef> resources = null;
    TypeExpr context = null;
    do {
      Token word = tokens.peek();
      boolean twice;
      if (tokens.acceptWord("principal")) {
        twice = principals != null;
        principals = applicable(word, action);
      } else if (tokens.acceptWord("resource")) {
        twice = resources != null;
        resources = applicable(word, action);
      } else if (tokens.acceptWord("context")) {
        twice = context != null;
        tokens.expect(":");
        context = type();
      } else {
        throw tokens.unexpectedWord(
            "`principal`, `resource` or `context`", List.of("principal", "resource", "context"));
      }
      if (twice) {
        String kind = word.isWord("context") ? "context" : "`" + word.text() + "`";
        tokens.error(
            "C0211", word, "duplicate " + kind + " declaration in action `" + action + "`", "");
      }
    } while (tokens.accept(",") && !tokens.peek().is("}"));
    tokens.expect("}");
    if (principals == null || resources == null) {
      String missing = principals == null ? "principal" : "resource";
      tokens.error(
          "C0212", start, "missing `" + missing + "` declaration for `" + action + "`", "");
    }
    return new AppliesTo(
        principals == null ? List.of() : principals,
        resources == null ? List.of() : resources,
        context == null ? new TypeExpr.RecordOf(List.of(), Place.NONE) : context);
  }

  private List<NameRef> applicable(Token word, String action) {
    tokens.expect(":");
    List<NameRef> types = entityTypes();
    if (types.isEmpty()) {
      tokens.error(
          "C0213",
          word,
          "for action `" + action + "`, `" + word.text() + "` is `[]`, which is invalid",
          "leave `appliesTo` out");
    }
    return types;
  }

  private TypeExpr type() {
    if (++depth > DEEPEST) {
      tokens.error("C0120", tokens.peek(), "nested more than " + DEEPEST + " levels deep", "");
      throw tokens.unexpected("a simpler type");
    }
    try {
      Token token = tokens.peek();
      if (token.is("{")) {
        return record();
      }
      if (token.isWord("Set") && tokens.peek(1).is("<")) {
        tokens.next();
        tokens.expect("<");
        TypeExpr element = type();
        tokens.expect(">");
        return new TypeExpr.SetOf(element, tokens.placeFrom(token.start()));
      }
      return named(token);
    } finally {
      depth--;
    }
  }

  /** {@code __cedar::Long} is a built-in type whatever else is called {@code Long}. */
  private TypeExpr named(Token token) {
    if (token.isWord("__cedar") && tokens.peek(1).is("::")) {
      tokens.next();
      tokens.expect("::");
      String name = tokens.expectWord("the name of a built-in type").text();
      return new TypeExpr.Named("__cedar::" + name, NameKind.ANY, tokens.placeFrom(token.start()));
    }
    String name = tokens.expectPath("a type");
    return new TypeExpr.Named(name, NameKind.ANY, tokens.placeFrom(token.start()));
  }

  private TypeExpr record() {
    int start = tokens.expect("{").start();
    var attributes = new ArrayList<AttributeDeclaration>();
    while (!tokens.accept("}")) {
      attributes.add(attribute());
      if (!tokens.accept(",") && !tokens.peek().is("}")) {
        throw tokens.unexpected("`,` or `}`");
      }
    }
    return new TypeExpr.RecordOf(attributes, tokens.placeFrom(start));
  }

  private AttributeDeclaration attribute() {
    var annotations = annotations();
    int start = tokens.peek().start();
    String name = name("the name of an attribute");
    boolean required = !tokens.accept("?");
    tokens.expect(":");
    TypeExpr type = type();
    return new AttributeDeclaration(name, annotations, type, required, tokens.placeFrom(start));
  }
}
