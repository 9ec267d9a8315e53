package dev.bylaw.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the identifiers of a table in one pass: each word and the few that follow it, joined over
 * single separators, are looked up by their length, compared with the shapes of that length,
 * checked, and weighed with the words around.
 */
final class IdentifierDetector implements Detector {
  private static final int MOST_GROUPS = 24;
  private static final int LONGEST_SEPARATOR = 3;
  private static final int NOWHERE = -1_000;
  private static final int LISTED_WITHIN = 9;
  private static final Terms AGAINST =
      Terms.of(
          "order, orders, invoice, tracking, shipment, isbn, sku, serial, part, model, version,"
              + " build, ticket, case, batch, lot, item, product, article, quote, po, upc, ean,"
              + " barcode, commit, revision, sequence, request, transaction, reference, ref, rma,"
              + " uuid, guid, checksum, timestamp, epoch, port, issue, bug, row, line, page, asin,"
              + " waybill, parcel, container, gtin, doi, hash, session, trace, error, code,"
              + " count, total, quantity, qty, amount, budget, population, revenue, sum, rrn, stan,"
              + " auth, claim, docket, contract, mileage, views, visits");

  /** An identifier in one of its shapes, with its forms laid out to be compared quickly. */
  private static final class Row {
    final Identifier identifier;
    final Shape shape;
    private final long[] forms;
    private final double[] scores;
    private final double compact;
    private final double any;

    Row(Identifier identifier, Shape shape) {
      this.identifier = identifier;
      this.shape = shape;
      forms = identifier.forms().stream().mapToLong(Identifier.Form::hash).toArray();
      scores = identifier.forms().stream().mapToDouble(Identifier.Form::alone).toArray();
      compact = identifier.alone(0, true);
      any = identifier.alone(0, false);
    }

    /** What {@link Identifier#alone} says. */
    double alone(long form, boolean isCompact) {
      for (int i = 0; i < forms.length; i++) {
        if (forms[i] == form) {
          return scores[i];
        }
      }
      return isCompact ? compact : any;
    }
  }

  // Nothing below is reported; it saves most checks where no word speaks for a number.
  private static final double FLOOR = .3;

  // How many words before a number a phrase still names it, where no other number comes between.
  private static final int AFAR = 24;

  private final Terms anyTerm;
  private final Terms anyPhrase;
  private final Row[][] rowsByLength = new Row[Shape.LONGEST + 1][];
  private final Set<EntityType> types;
  private final ByTypes<Wanted> byTypes = new ByTypes<>();

  IdentifierDetector(List<Identifier> table) {
    List<List<Row>> rows = new ArrayList<>();
    for (int length = 0; length <= Shape.LONGEST; length++) {
      rows.add(new ArrayList<>());
    }
    Set<EntityType> all = new LinkedHashSet<>();
    Set<String> names = new HashSet<>();
    for (Identifier identifier : table) {
      if (!names.add(identifier.name())) {
        throw new IllegalArgumentException("two recognizers are called " + identifier.name());
      }
      all.add(identifier.type());
      for (Shape shape : identifier.shapes()) {
        rows.get(shape.length()).add(new Row(identifier, shape));
      }
    }
    for (int length = 0; length <= Shape.LONGEST; length++) {
      rowsByLength[length] = rows.get(length).toArray(Row[]::new);
    }
    types = Set.copyOf(all);
    anyPhrase = Terms.union(table.stream().map(Identifier::phrases).toList());
    anyTerm =
        Terms.union(table.stream().flatMap(row -> Stream.of(row.names(), row.hints())).toList());
  }

  @Override
  public String name() {
    return "identifier";
  }

  @Override
  public Set<EntityType> types() {
    return types;
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    new Scan(passage, asked, matches).run();
  }

  /** The rows of a set of types. */
  private static final class Wanted {
    final Row[][] byLength = new Row[Shape.LONGEST + 1][];
    // Those that are worth a look where no word speaks for them.
    final Row[][] alone = new Row[Shape.LONGEST + 1][];
    int shortest = Shape.LONGEST + 1;
  }

  private Wanted wanted(Set<EntityType> asked) {
    Wanted wanted = new Wanted();
    for (int length = Shape.LONGEST; length >= 0; length--) {
      wanted.byLength[length] =
          Arrays.stream(rowsByLength[length])
              .filter(row -> asked.contains(row.identifier.type()))
              .toArray(Row[]::new);
      wanted.alone[length] =
          Arrays.stream(wanted.byLength[length])
              .filter(row -> row.identifier.mostAlone() >= FLOOR)
              .toArray(Row[]::new);
      if (wanted.byLength[length].length > 0) {
        wanted.shortest = length;
      }
    }
    return wanted;
  }

  /** One pass over one passage. */
  private final class Scan {
    private final Passage passage;
    private final Matches matches;
    private final Words words;
    private final String text;
    private final Row[][] wanted;
    private final Row[][] wantedAlone;
    private final int shortest;
    private final boolean named;
    // How many words before each are terms of any row.
    private final int[] termsBefore;
    // The words where phrases begin that name numbers from afar.
    private final int[] phrases;
    private int phraseCount;
    private final Columns columns;
    // The last number that something spoke against: those listed behind it are of its kind.
    private long againstForm;
    private int againstWord = NOWHERE;
    private String againstTerm = "";
    private final char[] compact = new char[Shape.LONGEST];

    Scan(Passage passage, Set<EntityType> asked, Matches matches) {
      this.passage = passage;
      this.matches = matches;
      this.words = passage.words();
      this.text = passage.plain();
      Wanted rows = byTypes.of(asked, IdentifierDetector.this::wanted);
      this.wanted = rows.byLength;
      this.wantedAlone = rows.alone;
      this.shortest = rows.shortest;
      named = anyTerm.anywhere(passage.field().words()) != null;
      columns = passage.columns();
      termsBefore = new int[words.size() + 1];
      int[] found = new int[4];
      for (int word = 0; word < words.size(); word++) {
        boolean term = anyTerm.at(words, word) != null;
        termsBefore[word + 1] = termsBefore[word] + (term ? 1 : 0);
        if (term && anyPhrase.at(words, word) != null) {
          found = phraseCount == found.length ? Arrays.copyOf(found, phraseCount * 2) : found;
          found[phraseCount++] = word;
        }
      }
      phrases = found;
    }

    /** The word where the phrase begins that may name a number from afar, negative for none. */
    private int phraseBefore(int first) {
      int at = Arrays.binarySearch(phrases, 0, phraseCount, first);
      int word = at >= 0 || at == -1 ? NOWHERE : phrases[-at - 2];
      if (word < 0 || first - word > AFAR) {
        return NOWHERE;
      }
      for (int i = word; i < first; i++) {
        char c = text.charAt(words.start(i));
        if (c >= '0' && c <= '9') {
          return NOWHERE;
        }
      }
      return word;
    }

    private Context.@Nullable Near afar(Identifier identifier, int first) {
      // What stands in a column is named by its head.
      boolean prose = phraseCount > 0 && !columns.isCell(words.start(first));
      int word = prose ? phraseBefore(first) : NOWHERE;
      String phrase = word < 0 ? null : identifier.phrases().at(words, word);
      return phrase == null || Context.before(AGAINST, words, first, 4) != null
          ? null
          : new Context.Near(phrase, first - word, words.start(first) - words.start(word), true);
    }

    private boolean hasContext(int first, int last) {
      int from = Math.max(0, first - Context.WORDS_BEFORE);
      int to = Math.min(words.size(), last + 1 + Context.WORDS_AFTER);
      return termsBefore[first] > termsBefore[from] || termsBefore[to] > termsBefore[last + 1];
    }

    void run() {
      for (int first = 0; first < words.size(); first++) {
        windowsFrom(first);
      }
    }

    private void windowsFrom(int first) {
      int length = 0;
      int digits = 0;
      long form = 0;
      int last = first;
      for (int groups = 1; groups <= MOST_GROUPS && last < words.size(); groups++, last++) {
        int start = words.start(last);
        int end = words.end(last);
        int size = end - start;
        if (length + size > Shape.LONGEST) {
          return;
        }
        for (int i = start; i < end; i++) {
          char c = text.charAt(i);
          if (c >= 'a' && c <= 'z') {
            c = (char) (c - 32);
          } else if (c > 'Z') {
            return;
          } else if (c <= '9') {
            digits++;
          }
          compact[length++] = c;
        }
        if (length >= shortest && wanted[length].length > 0) {
          long written = Identifier.extend(form, size, '\0');
          boolean context =
              named
                  || hasContext(first, last)
                  || columns.isCell(words.start(first))
                  || (phraseCount > 0 && phraseBefore(first) >= 0);
          String joined = null;
          for (Row row : context ? wanted[length] : wantedAlone[length]) {
            double alone = row.alone(written, first == last);
            if ((context || alone >= FLOOR)
                && row.shape.matches(compact, digits)
                && (digits > 0 || isUpperCase(first, last))) {
              if (joined == null) {
                joined = new String(compact, 0, length);
              }
              weigh(row.identifier, first, last, joined, alone, written);
            }
          }
        }
        char separator = separatorAfter(last);
        if (separator == 0 || (digits == 0 && groups >= 3)) {
          return;
        }
        form = Identifier.extend(form, size, separator);
      }
    }

    /** A code of letters alone is one only in capitals; anything else is a word. */
    private boolean isUpperCase(int first, int last) {
      for (int i = words.start(first); i < words.end(last); i++) {
        if (text.charAt(i) >= 'a') {
          return false;
        }
      }
      return true;
    }

    /** The separator between a word and the next, {@code m} for several, 0 where they part. */
    private char separatorAfter(int word) {
      if (word + 1 >= words.size()) {
        return 0;
      }
      int from = words.end(word);
      int to = words.start(word + 1);
      if (to - from > LONGEST_SEPARATOR) {
        return 0;
      }
      for (int i = from; i < to; i++) {
        if (" -./_\n\t".indexOf(text.charAt(i)) < 0) {
          return 0;
        }
      }
      if (to - from == 3 && text.charAt(from) == ' ' && text.charAt(to - 1) == ' ') {
        // 536 - 22 - 8726: scans and forms set signs apart.
        return text.charAt(from + 1);
      }
      char only = text.charAt(from);
      return to - from > 1 || only == '\n' || only == '\t' ? 'm' : only;
    }

    private void weigh(
        Identifier identifier, int first, int last, String compacted, double written, long form) {
      boolean irregular = written < 0;
      double alone = irregular ? identifier.alone(0, true) * .7 : written;
      Check check = identifier.check().check(compacted);
      String field = named ? identifier.names().anywhere(passage.field().words()) : null;
      if (check.verdict() == Check.Verdict.REFUTED && field == null) {
        return;
      }
      boolean context = hasContext(first, last);
      boolean joined = joinedBefore(first) || joinedAfter(last);
      if (field != null) {
        double score =
            switch (check.verdict()) {
              case CONFIRMED -> .99;
              case PLAUSIBLE -> .95;
              case DOUBTFUL -> .9;
              case REFUTED -> coversWhole(first, last) ? .6 : 0;
            };
        add(identifier, first, last, score, check.note() + ", field name \"" + field + '"');
        return;
      }
      Context.Near name = context ? Context.nearest(identifier.names(), words, first, last) : null;
      if (name != null && isNearerAgainst(first, name)) {
        name = null;
      }
      if (name == null) {
        name = columns.head(identifier.names(), words.start(first));
      }
      if (name == null) {
        name = afar(identifier, first);
      }
      Context.Near hint =
          context && name == null ? Context.nearest(identifier.hints(), words, first, last) : null;
      String against = name == null ? against(first, form) : null;
      double score = score(identifier, check, alone, name, hint);
      if (irregular) {
        score -= .1;
      }
      if (joined) {
        score = name == null ? score * .4 : score - .15;
      }
      if (against != null) {
        // Few order numbers are cards by chance; calling a card an order must not hide it.
        boolean strong =
            check.verdict() == Check.Verdict.CONFIRMED && (hint != null || alone >= .75);
        score *= strong ? .75 : .45;
      }
      add(identifier, first, last, score, explanation(check, name, hint, against));
    }

    /** {@code "card": "…", "order": "…"}: what stands right before a number names it. */
    private boolean isNearerAgainst(int first, Context.Near name) {
      Context.Near near = Context.before(AGAINST, words, first, 2);
      // The last word of a name is part of it: `postal code` is no code.
      long nameEnds = name.words() - name.term().chars().filter(c -> c == ' ').count();
      // `Part 12, SSN 34`: what stands before a number says more than what stands behind it.
      return near != null
          && (near.words() < nameEnds || (!name.before() && near.words() == nameEnds));
    }

    private double score(
        Identifier identifier,
        Check check,
        double alone,
        Context.@Nullable Near name,
        Context.@Nullable Near hint) {
      double score = alone;
      if (name != null) {
        score = Math.max(alone, identifier.named() - .01 * name.words());
      } else if (hint != null) {
        score = Math.max(alone, Math.min(identifier.named(), alone + .35) - .01 * hint.words());
      }
      if (check.verdict() == Check.Verdict.DOUBTFUL) {
        score = name != null && name.words() <= 4 ? Math.min(score, .75) : score * .4;
      }
      return score;
    }

    private String explanation(
        Check check,
        Context.@Nullable Near name,
        Context.@Nullable Near hint,
        @Nullable String against) {
      String explanation = check.note();
      if (name != null) {
        explanation += ", " + name.explanation();
      }
      if (hint != null) {
        explanation += ", " + hint.explanation();
      }
      if (against != null) {
        explanation += ", although near \"" + against + '"';
      }
      return explanation;
    }

    private void add(Identifier identifier, int first, int last, double score, String explanation) {
      if (score >= FLOOR) {
        matches.add(identifier.type(), words.start(first), words.end(last), score, explanation);
      }
    }

    private @Nullable String against(int first, long form) {
      String field = AGAINST.anywhere(passage.field().words());
      if (field != null) {
        return field;
      }
      Context.Near near = Context.before(AGAINST, words, first, 3);
      boolean listed =
          form == againstForm && first > againstWord && first - againstWord <= LISTED_WITHIN;
      if (near == null && !listed) {
        return null;
      }
      againstTerm = near == null ? againstTerm : near.term();
      againstForm = form;
      againstWord = first;
      return againstTerm;
    }

    private boolean coversWhole(int first, int last) {
      return first == 0 && last == words.size() - 1;
    }

    private boolean joinedBefore(int first) {
      int at = words.start(first);
      return (at >= 2 && joins(text.charAt(at - 1)) && Words.isWordPart(text.charAt(at - 2)))
          || (at >= 1 && "$€£¥".indexOf(text.charAt(at - 1)) >= 0);
    }

    private boolean joinedAfter(int last) {
      int at = words.end(last);
      return at + 1 < text.length()
          && joins(text.charAt(at))
          && Words.isWordPart(text.charAt(at + 1));
    }

    private static boolean joins(char c) {
      return c == '-' || c == '.' || c == '_';
    }
  }
}
