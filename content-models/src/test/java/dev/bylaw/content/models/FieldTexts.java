package dev.bylaw.content.models;

import static dev.bylaw.content.models.AccuracyBench.BenchTexts.n;
import static dev.bylaw.content.models.AccuracyBench.BenchTexts.one;
import static dev.bylaw.content.models.AccuracyBench.BenchTexts.withLuhn;

import dev.bylaw.content.models.AccuracyBench.BenchTexts;
import dev.bylaw.content.models.AccuracyBench.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/**
 * Texts of a third kind, none of whose templates, names or companies are in the other two: letters
 * of lawyers and patients, mail headers, logs, vCards, statements, forms, scans, chats, seven
 * languages, and as many that hold nothing of anybody. Every other template, and half of the names,
 * is sealed: its mistakes are never printed, so that nothing can be corrected against it.
 */
final class FieldTexts {
  private static final List<String> TEMPLATES = templates("field-texts.txt");

  private static final List<String> GIVEN =
      List.of(
          "Caitlin",
          "Oluwaseun",
          "Emre",
          "Jiahui",
          "Kenji",
          "Thuy",
          "Astrid",
          "Zbigniew",
          "Svetlana",
          "Ximena",
          "Marie-Claire",
          "Khadija",
          "Aditya",
          "Meera",
          "Tariq",
          "Małgorzata",
          "Abena",
          "Giuseppe",
          "Íñigo",
          "Benoît",
          "Jörg",
          "Sanne",
          "Ji-woo",
          "Sipho",
          "Deborah",
          "Russell",
          "Imogen",
          "Clifford",
          "Shira",
          "Rhys",
          "Heike",
          "Joachim",
          "Larissa",
          "Nikhil",
          "Parisa",
          "Zoltán",
          "Milica",
          "Otieno",
          "Latoya",
          "Darnell",
          "Sean",
          "Charlotte",
          "Paris",
          "Austin",
          "Rose",
          "Will",
          "Mark",
          "Grant",
          "Hope",
          "Victoria");

  private static final List<String> FAMILY =
      List.of(
          "Gallagher",
          "Okonkwo",
          "Demir",
          "Huang",
          "Yamamoto",
          "Pham",
          "Lindgren",
          "Kaczmarek",
          "Morozova",
          "Villanueva",
          "Delacroix",
          "El Amrani",
          "Kulkarni",
          "Nair",
          "Siddiqui",
          "Dąbrowska",
          "Owusu",
          "Esposito",
          "Etxeberria",
          "Girard",
          "Krüger",
          "de Vries",
          "Choi",
          "Nkosi",
          "Rosenthal",
          "MacLeod",
          "Hargreaves",
          "Pritchard",
          "Mizrahi",
          "Llewellyn",
          "Hoffmann",
          "Brandt",
          "Nascimento",
          "Deshpande",
          "Farahani",
          "Kovács",
          "Petrović",
          "Mwangi",
          "Jefferson",
          "Coleman",
          "Young",
          "King",
          "Lake",
          "Ford",
          "Banks",
          "Marsh",
          "Stone",
          "Field",
          "Park-Lee",
          "St. John");

  private static final List<String> GOODS =
      List.of(
          "MacBook Air",
          "Dell Latitude 7440",
          "Bosch Serie 6",
          "Peugeot 208",
          "Philips Hue",
          "Stanley cup",
          "Martin guitar",
          "Calvin Klein jeans",
          "Hugo Boss coat",
          "Lego Duplo");

  private static final List<String> STREETS =
      List.of(
          "221 Nelson Road",
          "Jefferson Blvd 18",
          "5 King George Street",
          "Goethestraße 44",
          "Via Garibaldi 9",
          "Avenida Simón Bolívar 120",
          "3 St. James Place");

  private FieldTexts() {}

  static List<String> templates(String name) {
    try (InputStream file = FieldTexts.class.getResourceAsStream(name)) {
      String all = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(all.strip().split("\n%%\n", -1));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static Text make(Random random, boolean sealed) {
    List<String> templates = half(TEMPLATES, sealed);
    List<String> given = half(GIVEN, sealed);
    List<String> family = half(FAMILY, sealed);
    return BenchTexts.make(
        BenchTexts.pick(random, templates), slot -> fill(slot, random, given, family));
  }

  /** Every other one of a list: the half that is sealed, or that which is not. */
  static List<String> half(List<String> all, boolean sealed) {
    List<String> half = new ArrayList<>();
    for (int i = sealed ? 1 : 0; i < all.size(); i += 2) {
      half.add(all.get(i));
    }
    return half;
  }

  private static String fill(String slot, Random r, List<String> given, List<String> family) {
    return switch (slot) {
      case "P" -> person(r, given, family);
      case "p" -> (one(r, given) + " " + one(r, family)).toLowerCase(Locale.ROOT);
      case "g" -> one(r, given).toLowerCase(Locale.ROOT);
      case "G" -> one(r, given);
      case "F" -> one(r, family);
      case "U" -> (one(r, given) + " " + one(r, family)).toUpperCase(Locale.ROOT);
      case "L" -> one(r, family) + ", " + one(r, given);
      case "E" -> mail(r);
      case "T" -> phone(r);
      case "A" -> r.nextInt(4) == 0 ? sixes(r) : fours(r);
      case "I" -> iban(r);
      case "C" -> card(r);
      case "S" -> BenchTexts.shaped(r, one(r, "#-$-%", "#-$-%", "# $ %", "#$%", "# - $ - %"));
      default -> nobody(slot, r);
    };
  }

  /** What belongs to nobody. */
  static String nobody(String slot, Random r) {
    return switch (slot) {
      case "num" -> "" + (1 + r.nextInt(9000));
      case "six" -> n(r, 6);
      case "nine" -> n(r, 9);
      case "twelve" -> n(r, 12);
      case "zip" -> n(r, 5) + one(r, "", "-" + n(r, 4));
      case "ref" ->
          one(
              r,
              n(r, 8),
              "CLM-" + n(r, 4) + "-" + n(r, 5),
              n(r, 2) + "/" + n(r, 6),
              n(r, 10),
              "Q" + n(r, 7),
              n(r, 3) + "." + n(r, 3) + "." + n(r, 2));
      case "mref" -> n(r, 4) + "-" + n(r, 4) + "-" + n(r, 2);
      case "meet" -> n(r, 3) + " " + n(r, 4) + " " + n(r, 4);
      case "sssn" -> n(r, 3) + "-" + n(r, 2) + "-" + n(r, 4);
      case "aba" -> one(r, "021000021", "011401533", "091000019");
      case "imei" -> withLuhn("35" + n(r, 12));
      case "iccid" -> withLuhn("8944" + n(r, 15));
      case "libcard" -> withLuhn("2" + n(r, 12));
      case "usps" -> "9400" + n(r, 18);
      case "sixteen" -> one(r, "7", "1", "9") + n(r, 15);
      case "ean" -> one(r, "40", "76", "50", "87") + n(r, 11);
      case "isbn" -> one(r, "978-1-", "978-0-") + n(r, 4) + "-" + n(r, 4) + "-" + n(r, 1);
      case "ndc" -> n(r, 5) + "-" + n(r, 4) + "-" + n(r, 2);
      case "vin" -> "1G1ZD5ST" + n(r, 1) + "LF" + n(r, 6);
      case "fakeiban" -> wrongIban(r);
      case "ipver" -> r.nextInt(20) + "." + r.nextInt(20) + "." + r.nextInt(20) + "." + n(r, 2);
      case "ver" -> r.nextInt(30) + "." + r.nextInt(12) + "." + r.nextInt(40) + one(r, "", "-beta");
      case "epoch" -> "17" + n(r, 8);
      case "year" -> "20" + (10 + r.nextInt(17));
      case "month" -> one(r, "April", "May", "June", "August", "March");
      case "clock" -> "%02d:%02d".formatted(r.nextInt(24), r.nextInt(60));
      case "iso" ->
          "20%02d-%02d-%02d".formatted(r.nextInt(27), 1 + r.nextInt(12), 1 + r.nextInt(28));
      case "day" ->
          one(r, "May %d, 2026", "%d April 2026", "%02d.06.2026", "08/%02d/2025")
              .formatted(1 + r.nextInt(28));
      case "stamp" -> "2026-03-%02dT04:%02d:11Z".formatted(1 + r.nextInt(28), r.nextInt(60));
      case "money" ->
          one(r, "$", "€", "£", "CHF ", "USD ") + n(r, 1) + one(r, ",", "'", "") + n(r, 3) + ".50";
      case "part" -> one(r, "TX", "GLK", "W") + n(r, 3) + one(r, "-", ".") + n(r, 4);
      case "track" -> "JD" + n(r, 18);
      case "hex" -> BenchTexts.hex(r, 40);
      case "uuid" -> BenchTexts.fill("uuid", r);
      case "port" -> "" + (1024 + r.nextInt(60_000));
      case "product" -> one(r, GOODS);
      case "street" -> one(r, STREETS);
      case "low" -> one(r, "gradle", "spring", "guava", "kafka");
      default -> throw new IllegalArgumentException(slot);
    };
  }

  private static String person(Random r, List<String> givens, List<String> families) {
    String given = one(r, givens);
    String family = one(r, families);
    return switch (r.nextInt(9)) {
      case 0 -> given.charAt(0) + ". " + family;
      case 1 -> given + " " + one(r, givens).charAt(0) + ". " + family;
      case 2 -> given + " " + one(r, givens) + " " + family;
      case 3 -> (given + " " + family).toUpperCase(Locale.ROOT);
      default -> given + " " + family;
    };
  }

  private static String mail(Random r) {
    return one(r, "billing", "r.nair", "o'malley", "j.de.vries+tickets", "x_", "anna-lena", "7even")
        + one(r, "", n(r, 2))
        + "@"
        + one(
            r,
            "lakeside.example",
            "gmail.com",
            "posteo.de",
            "dept.uni-graz.ac.at",
            "mail.gov.in",
            "empresa.com.br",
            "firm.law",
            "xn--mnchen-3ya.de");
  }

  private static String phone(Random r) {
    String area = one(r, "212", "415", "617", "303", "512", "206");
    String exchange = "" + (2 + r.nextInt(7)) + (2 + r.nextInt(7)) + n(r, 1);
    return switch (r.nextInt(12)) {
      case 0 -> "(" + area + ") " + exchange + "-" + n(r, 4);
      case 1 -> area + "-" + exchange + "-" + n(r, 4);
      case 2 -> area + "." + exchange + "." + n(r, 4);
      case 3 -> "+1" + area + exchange + n(r, 4);
      case 4 -> area + exchange + n(r, 4);
      case 5 -> "+44 7" + one(r, "4", "5", "7") + n(r, 2) + " " + n(r, 6);
      case 6 -> "0" + one(r, "30", "89", "40") + " " + (2 + r.nextInt(7)) + n(r, 6);
      case 7 -> "+49 (0)89 " + (2 + r.nextInt(7)) + n(r, 3) + "-" + n(r, 3);
      case 8 -> "+39 3" + n(r, 2) + " " + n(r, 7);
      case 9 -> "+55 11 9" + n(r, 4) + "-" + n(r, 4);
      case 10 -> "+234 803 " + n(r, 3) + " " + n(r, 4);
      default -> "04" + n(r, 2) + " " + n(r, 3) + " " + n(r, 3);
    };
  }

  private static String card(Random r) {
    String prefix = one(r, "4", "4", "4", "52", "54", "2720", "37", "6011", "3056", "3566", "6759");
    int length = prefix.equals("37") ? 15 : prefix.equals("3056") ? 14 : 16;
    String number = withLuhn(prefix + n(r, length - prefix.length() - 1));
    String sign = one(r, "", " ", "-");
    if (length == 15) {
      return number.replaceFirst("(.{4})(.{6})(.{5})", "$1" + sign + "$2" + sign + "$3");
    }
    return length == 14 ? number : number.replaceAll("(.{4})(?=.)", "$1" + sign);
  }

  private static String iban(Random r) {
    String iban = BenchTexts.iban(r);
    return r.nextInt(6) == 0 ? iban.toLowerCase(Locale.ROOT) : iban;
  }

  /** An account number in which one digit is wrong. */
  private static String wrongIban(Random r) {
    String iban = BenchTexts.iban(r);
    int last = iban.charAt(iban.length() - 1) - '0';
    return iban.substring(0, iban.length() - 1) + (last + 1 + r.nextInt(8)) % 10;
  }

  private static String fours(Random r) {
    return one(r, "10", "172", "203", "8", "91")
        + "."
        + r.nextInt(256)
        + "."
        + r.nextInt(256)
        + "."
        + r.nextInt(255);
  }

  private static String sixes(Random r) {
    return one(r, "2a00:1450:4001:82a::", "2001:db8:0:1::", "fe80::") + "1" + BenchTexts.hex(r, 3);
  }
}
