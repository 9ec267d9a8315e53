package dev.bylaw.content.models;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Inspector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How often the inspector is right, on texts that a seeded generator makes: as many hard negatives
 * (order numbers, versions, prices, product names) as positives. Prints a table for each type.
 *
 * <p>Run {@link #main} with the test class path; the first argument is the seed, the second the
 * number of texts, the third the set of templates ({@code known}, {@code other}, {@code field},
 * {@code sealed}, {@code desk}, {@code desk-sealed}), and any fourth prints the mistakes, save
 * those of what is sealed.
 */
public final class AccuracyBench {
  private static final Set<EntityType> TYPES =
      Set.of(
          EntityType.EMAIL,
          EntityType.PHONE,
          EntityType.SSN,
          EntityType.CREDIT_CARD,
          EntityType.IBAN,
          EntityType.IP_ADDRESS,
          EntityType.PERSON);

  record Label(EntityType type, int start, int end) {}

  record Text(String text, List<Label> labels) {}

  /** What became of the labels of one type. */
  private static final class Count {
    int found;
    int missed;
    int extra;

    double precision() {
      return found + extra == 0 ? 1 : (double) found / (found + extra);
    }

    double recall() {
      return found + missed == 0 ? 1 : (double) found / (found + missed);
    }

    double f1() {
      return 2 * precision() * recall() / Math.max(1e-9, precision() + recall());
    }
  }

  private AccuracyBench() {}

  public static void main(String[] arguments) {
    long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 20260102;
    int texts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4000;
    String set = arguments.length > 2 ? arguments[2] : "known";
    boolean mistakes = arguments.length > 3 && !set.endsWith("sealed");
    Inspector inspector = Inspector.standard().with(NerDetector.standard());
    Map<EntityType, Count> counts = new TreeMap<>();
    Set<EntityType> types = new HashSet<>(TYPES);
    if (set.startsWith("desk")) {
      types.add(EntityType.ORGANIZATION);
      types.add(EntityType.LOCATION);
    }
    types.forEach(type -> counts.put(type, new Count()));
    Map<String, Integer> confusions = new TreeMap<>();
    Random random = new Random(seed);
    for (int i = 0; i < texts; i++) {
      Text text =
          switch (set) {
            case "known" -> BenchTexts.make(random);
            case "other" -> OtherTexts.make(random);
            case "field" -> FieldTexts.make(random, false);
            case "sealed" -> FieldTexts.make(random, true);
            case "desk" -> DeskTexts.make(random, false);
            case "desk-sealed" -> DeskTexts.make(random, true);
            default -> throw new IllegalArgumentException("no set " + set);
          };
      judge(inspector, text, types, counts, confusions, mistakes);
    }
    System.out.printf("%s, seed %d, %d texts%n%n", set, seed, texts);
    System.out.println("| type | positives | recall | precision | F1 |");
    System.out.println("|---|---|---|---|---|");
    counts.forEach((type, count) ->
        System.out.printf(
            "| %s | %d | %.3f | %.3f | %.3f |%n",
            type, count.found + count.missed, count.recall(), count.precision(), count.f1()));
    System.out.println();
    System.out.println("| is | taken for | times |");
    System.out.println("|---|---|---|");
    confusions.forEach((pair, times) -> System.out.printf("| %s | %d |%n", pair, times));
  }

  private static void judge(
      Inspector inspector,
      Text text,
      Set<EntityType> types,
      Map<EntityType, Count> counts,
      Map<String, Integer> confusions,
      boolean mistakes) {
    List<Finding> findings = new ArrayList<>(inspector.inspect(text.text, types).all());
    for (Label label : text.labels) {
      Finding match = null;
      for (Finding finding : findings) {
        if (finding.start() < label.end && label.start < finding.end()) {
          match = finding;
          if (finding.type().equals(label.type)) {
            break;
          }
        }
      }
      Count count = counts.getOrDefault(label.type, new Count());
      String taken = match == null ? "nothing" : match.type().name();
      if (match != null && match.type().equals(label.type)) {
        count.found++;
      } else {
        count.missed++;
        confusions.merge(label.type + " | " + taken, 1, Integer::sum);
        if (mistakes) {
          System.out.println(
              "MISSED "
                  + label.type
                  + " ["
                  + text.text.substring(label.start, label.end)
                  + "] in: "
                  + text.text.replace('\n', ' '));
        }
      }
    }
    for (Finding finding : findings) {
      boolean known =
          text.labels.stream()
              .anyMatch(label ->
                  finding.type().equals(label.type)
                      && finding.start() < label.end
                      && label.start < finding.end());
      if (!known) {
        counts.getOrDefault(finding.type(), new Count()).extra++;
        boolean other =
            text.labels.stream().anyMatch(l -> finding.start() < l.end && l.start < finding.end());
        if (!other) {
          confusions.merge("nothing | " + finding.type(), 1, Integer::sum);
        }
        if (mistakes) {
          System.out.println(
              "EXTRA "
                  + finding.type()
                  + " ["
                  + finding.in(text.text)
                  + "] in: "
                  + text.text.replace('\n', ' ')
                  + " -- "
                  + finding.explanation());
        }
      }
    }
  }

  /** Makes texts from templates with things of known types in their gaps. */
  static final class BenchTexts {
    private static final List<String> TEMPLATES =
        List.of(
            "Hi, I'm {P}. Please call me back on {T}, thanks!",
            "My name is {P} and my email is {E}.",
            "Contact {P} at {E} or {T}.",
            "Dear {P},\n\nyour card {C} was declined.\n\nRegards,\n{P}",
            "ssn: {S}, phone: {T}",
            "The social security number of {P} is {S}.",
            "Please charge my credit card {C}, expires 12/27.",
            "Can I pay with {C} instead of transferring to {I}?",
            "Transfer the money to {I} by Friday.",
            "IBAN {I}, account holder {P}",
            "Login from {A} failed three times for {E}.",
            "The server at {A} rejected {E}; see order {order}.",
            "{P} <{E}> wrote on {date}:",
            "{\"name\": \"{P}\", \"phone\": \"{T}\", \"ssn\": \"{S}\"}",
            "{\"card_number\": \"{C}\", \"order\": \"{order}\"}",
            "Order {order} of {date} over {price} has shipped with {tracking}.",
            "Version {version} fixes the crash in build {order}.",
            "ISBN {isbn}, {price}, ships in two to four days.",
            "Request {uuid} took {number} ms at {time}.",
            "In May and April the {product} sold {number} times for {price}.",
            "SKU {sku} and part number {order} are out of stock until {date}.",
            "Upgrade from {version} to {version} before {date} at {time}.",
            "Invoice {order}, customer no. {number}, total {price}.",
            "Summer edition of {product}, item {sku}, code {uuid}.",
            "Ticket {order}: the {product} stops after {number} minutes.",
            "Commit {hash} changed {number} files in release {version}.",
            "GPS {number}, width {number} mm, serial {sku}.",
            "Fax {T} for the attention of {P}.",
            "{P} moved; new number {T}, old mail {E}.",
            "Tel. {T}\nMail {E}\nIP {A}",
            "Refund {price} to card {C} of {P}.",
            "User {E} connected from {A} at {time}, session {uuid}.",
            "employee {P} ({S}) starts on {date}",
            "Ask {P} whether {order} belongs to {order}.",
            "{P} and {P} discussed the {product} on Monday.");
    private static final List<String> FIRST =
        List.of(
            "James",
            "Maria",
            "Wei",
            "Fatima",
            "Olga",
            "Carlos",
            "Priya",
            "Ahmed",
            "Sofia",
            "Liam",
            "Chloe",
            "Hiroshi",
            "Ingrid",
            "Mateusz",
            "Aisha",
            "Thomas",
            "Emily",
            "Diego",
            "Yuki",
            "Anna",
            "Kwame",
            "Elena",
            "Rajesh",
            "Hannah",
            "Omar",
            "Julia",
            "Peter",
            "Nadia",
            "Lucas",
            "Grace",
            "Ivan",
            "Amelia",
            "Mohammed",
            "Katarzyna",
            "Stefan",
            "Leila",
            "Patrick",
            "Zoe",
            "Vikram",
            "Ana");
    private static final List<String> LAST =
        List.of(
            "Smith",
            "Kowalski",
            "Chen",
            "Al-Sayed",
            "Petrova",
            "Garcia",
            "Sharma",
            "Hassan",
            "Rossi",
            "Murphy",
            "Dubois",
            "Tanaka",
            "Larsen",
            "Nowak",
            "Okafor",
            "Müller",
            "Johnson",
            "Fernandez",
            "Sato",
            "Schmidt",
            "Mensah",
            "Popescu",
            "Patel",
            "Weiss",
            "Haddad",
            "Novak",
            "O'Brien",
            "Rahman",
            "Silva",
            "Kim",
            "Volkov",
            "Baker",
            "Ali",
            "Jansen",
            "Lindqvist",
            "Costa",
            "Wright",
            "Ibrahim",
            "Nguyen",
            "Horvath");
    private static final List<String> PRODUCTS =
        List.of(
            "Galaxy S24",
            "ThinkPad X1",
            "Model 3",
            "Alexa",
            "Surface Pro 9",
            "Jasmine tea",
            "Victoria sponge",
            "AirPods Max",
            "Autumn Breeze 500",
            "Kindle");

    static Text make(Random random) {
      return make(pick(random, TEMPLATES), slot -> fill(slot, random));
    }

    /** A template with its gaps filled, and a label for each gap whose type is known. */
    static Text make(String template, UnaryOperator<String> fill) {
      StringBuilder text = new StringBuilder();
      List<Label> labels = new ArrayList<>();
      for (int i = 0; i < template.length(); ) {
        int close = template.charAt(i) == '{' ? template.indexOf('}', i) : -1;
        String slot = close > 0 ? template.substring(i + 1, close) : "";
        if (!slot.matches("[A-Za-z]+")) {
          text.append(template.charAt(i++));
          continue;
        }
        int start = text.length();
        text.append(fill.apply(slot));
        EntityType type = LABELS.get(slot);
        if (type != null) {
          labels.add(new Label(type, start, text.length()));
        }
        i = close + 1;
      }
      return new Text(text.toString(), labels);
    }

    private static final Map<String, EntityType> LABELS = labels();

    private static Map<String, EntityType> labels() {
      Map<String, EntityType> labels = new LinkedHashMap<>();
      labels.put("P", EntityType.PERSON);
      for (String more : List.of("p", "G", "g", "F", "U")) {
        labels.put(more, EntityType.PERSON);
      }
      labels.put("L", EntityType.PERSON);
      labels.put("E", EntityType.EMAIL);
      labels.put("T", EntityType.PHONE);
      labels.put("S", EntityType.SSN);
      labels.put("bare", EntityType.SSN);
      labels.put("C", EntityType.CREDIT_CARD);
      labels.put("I", EntityType.IBAN);
      labels.put("A", EntityType.IP_ADDRESS);
      labels.put("O", EntityType.ORGANIZATION);
      labels.put("K", EntityType.LOCATION);
      return labels;
    }

    static String fill(String slot, Random r) {
      return switch (slot) {
        case "P" -> person(r);
        case "E" -> email(r);
        case "T" -> phone(r);
        case "S" -> shaped(r, pick(r, List.of("#-$-%", "#-$-%", "# $ %", "#$%")));
        case "C" -> card(r);
        case "I" -> iban(r);
        case "A" -> address(r);
        case "order" ->
            pick(
                r,
                List.of(
                    digits(r, 8),
                    digits(r, 9),
                    digits(r, 10),
                    digits(r, 5) + "-" + digits(r, 4),
                    "A" + digits(r, 7),
                    digits(r, 12)));
        case "tracking" -> "1Z" + digits(r, 3) + "AA" + digits(r, 10);
        case "version" ->
            r.nextInt(12)
                + "."
                + r.nextInt(30)
                + "."
                + r.nextInt(20)
                + (r.nextBoolean() ? "" : "." + r.nextInt(9));
        case "isbn" -> "978-3-" + digits(r, 2) + "-" + digits(r, 6) + "-" + digits(r, 1);
        case "price" ->
            pick(r, List.of("$", "€", "USD "))
                + (1 + r.nextInt(9))
                + ","
                + digits(r, 3)
                + "."
                + digits(r, 2);
        case "uuid" ->
            hex(r, 8) + "-" + hex(r, 4) + "-4" + hex(r, 3) + "-a" + hex(r, 3) + "-" + hex(r, 12);
        case "hash" -> hex(r, 40);
        case "time" -> "%02d:%02d:%02d".formatted(r.nextInt(24), r.nextInt(60), r.nextInt(60));
        case "date" ->
            pick(r, List.of("2025-%02d-%02d", "%02d/%02d/2025", "%02d.%02d.2025"))
                .formatted(1 + r.nextInt(12), 1 + r.nextInt(12));
        case "number" -> digits(r, 1 + r.nextInt(7));
        case "sku" ->
            "" + (char) ('A' + r.nextInt(26)) + (char) ('A' + r.nextInt(26)) + "-" + digits(r, 6);
        case "product" -> pick(r, PRODUCTS);
        default -> throw new IllegalArgumentException(slot);
      };
    }

    private static String person(Random r) {
      String first = pick(r, FIRST);
      String last = pick(r, LAST);
      return switch (r.nextInt(6)) {
        case 0 -> first;
        case 1 -> first.charAt(0) + ". " + last;
        case 2 -> (first + " " + last).toLowerCase(java.util.Locale.ROOT);
        default -> first + " " + last;
      };
    }

    private static String email(Random r) {
      String name = pick(r, FIRST).toLowerCase(java.util.Locale.ROOT);
      String rest = pick(r, List.of("", ".smith", "_77", "+news", "-k"));
      return name
          + rest
          + "@"
          + pick(
              r,
              List.of(
                  "gmail.com",
                  "example.org",
                  "mail.acme.co.uk",
                  "web.de",
                  "firma.io",
                  "uni-bonn.de"));
    }

    private static String phone(Random r) {
      String area = "" + (2 + r.nextInt(8)) + digits(r, 2);
      String exchange = "" + (2 + r.nextInt(8)) + digits(r, 2);
      String line = digits(r, 4);
      return switch (r.nextInt(9)) {
        case 0 -> "(" + area + ") " + exchange + "-" + line;
        case 1 -> area + "-" + exchange + "-" + line;
        case 2 -> area + "." + exchange + "." + line;
        case 3 -> "+1 " + area + " " + exchange + " " + line;
        case 4 -> "+44 20 7" + digits(r, 3) + " " + digits(r, 4);
        case 5 -> "+49 30 " + digits(r, 8);
        case 6 -> "020 7" + digits(r, 3) + " " + digits(r, 4);
        case 7 -> "001-" + area + "-" + exchange + "-" + line + "x" + digits(r, 3);
        default -> area + exchange + line;
      };
    }

    static String shaped(Random r, String shape) {
      int area = 1 + r.nextInt(898);
      area = area == 666 ? 665 : area;
      return shape
          .replace("#", "%03d".formatted(area))
          .replace("$", "%02d".formatted(1 + r.nextInt(99)))
          .replace("%", "%04d".formatted(1 + r.nextInt(9999)));
    }

    static String card(Random r) {
      String prefix =
          pick(r, List.of("4", "4", "51", "55", "2221", "34", "37", "6011", "36", "3528", "5018"));
      int length =
          prefix.startsWith("34") || prefix.startsWith("37")
              ? 15
              : prefix.equals("36") ? 14 : prefix.equals("5018") ? 12 : 16;
      String number = withLuhn(prefix + digits(r, length - prefix.length() - 1));
      String separator = pick(r, List.of("", "", " ", "-"));
      if (length != 16 || separator.isEmpty()) {
        return number;
      }
      return number.substring(0, 4)
          + separator
          + number.substring(4, 8)
          + separator
          + number.substring(8, 12)
          + separator
          + number.substring(12);
    }

    /** Digits and the check digit that makes them a number of a card. */
    static String withLuhn(String digits) {
      int sum = 0;
      for (int i = 0; i < digits.length(); i++) {
        int digit = digits.charAt(digits.length() - 1 - i) - '0';
        digit = i % 2 == 0 ? digit * 2 : digit;
        sum += digit > 9 ? digit - 9 : digit;
      }
      return digits + (10 - sum % 10) % 10;
    }

    static String iban(Random r) {
      String country = pick(r, List.of("DE", "FR", "NL", "GB", "ES", "AT"));
      String bban =
          switch (country) {
            case "DE" -> digits(r, 18);
            case "FR" -> digits(r, 23);
            case "NL" -> "ABNA" + digits(r, 10);
            case "GB" -> "WEST" + digits(r, 14);
            case "ES" -> digits(r, 20);
            default -> digits(r, 16);
          };
      StringBuilder moved = new StringBuilder();
      for (char c : (bban + country + "00").toCharArray()) {
        moved.append(Character.digit(c, 36));
      }
      int check =
          98
              - new java.math.BigInteger(moved.toString())
                  .mod(java.math.BigInteger.valueOf(97))
                  .intValue();
      String iban = country + "%02d".formatted(check) + bban;
      return r.nextBoolean() ? iban : iban.replaceAll("(.{4})(?=.)", "$1 ");
    }

    static String address(Random r) {
      if (r.nextInt(4) == 0) {
        return "2001:db8:" + hex(r, 4) + "::" + hex(r, 4);
      }
      return (1 + r.nextInt(223))
          + "."
          + r.nextInt(256)
          + "."
          + r.nextInt(256)
          + "."
          + r.nextInt(256);
    }

    static String one(Random r, String... choices) {
      return pick(r, List.of(choices));
    }

    static String one(Random r, List<String> choices) {
      return pick(r, choices);
    }

    static String n(Random r, int count) {
      return digits(r, count);
    }

    static String pick(Random r, List<String> list) {
      return list.get(r.nextInt(list.size()));
    }

    static String digits(Random r, int count) {
      StringBuilder digits = new StringBuilder();
      for (int i = 0; i < count; i++) {
        digits.append((char) ('0' + r.nextInt(10)));
      }
      return digits.toString();
    }

    static String hex(Random r, int count) {
      StringBuilder digits = new StringBuilder();
      for (int i = 0; i < count; i++) {
        digits.append("0123456789abcdef".charAt(r.nextInt(16)));
      }
      return digits.toString();
    }
  }
}
