package dev.bylaw.content.models;

import static dev.bylaw.content.models.AccuracyBench.BenchTexts.n;
import static dev.bylaw.content.models.AccuracyBench.BenchTexts.one;

import dev.bylaw.content.models.AccuracyBench.BenchTexts;
import dev.bylaw.content.models.AccuracyBench.Text;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Texts in other styles than those that the detectors were corrected against: chats, exports,
 * tables, logs, code, signatures, German, French and Spanish, names of many cultures in many
 * spellings. No template, name or company is shared with {@link BenchTexts}.
 */
final class OtherTexts {
  private static final List<String> TEMPLATES =
      List.of(
          // Chats
          "[{clock}] {P}: hey can u ring me at {T} after lunch?\n[{clock}] agent: sure, noted",
          "{P}: lol wrong address, use {E}\nbot: Got it. Anything else?",
          "visitor> my ssn is {S} and the form still says invalid",
          "agent> could you confirm the last digits of ref {ref}?\nvisitor> yes {P} here, card {C}",
          // Mail with signatures
          "Hello team,\n\nplease see below.\n\nBest,\n{P}\nHead of Procurement, {company}\nM: {T}\n{E}",
          "From: {P} <{E}>\nTo: {P} <{E}>\nSubject: Re: {product} rollout\n\nWorks for me.",
          "Kind regards\n\n{P}\n{company}\n{street}\nPhone: {T} | Web: www.{host}",
          // Forms
          "Applicant ......: {P}\nTelephone ......: {T}\nSocial Security : {S}\nE-mail .........: {E}",
          "1. Full name: {P}\n2. Bank account (IBAN): {I}\n3. Reference: {ref}",
          "CARDHOLDER {U}\nPAN {C}\nEXP 09/28",
          "Emergency contact: {L} ({T})",
          // Exports
          "{\"customer\":{\"fullName\":\"{P}\",\"contact\":{\"mobile\":\"{T}\",\"mail\":\"{E}\"}},\"ref\":\"{ref}\"}",
          "{\"id\":\"{uuid}\",\"payment\":{\"method\":\"card\",\"number\":\"{C}\"},\"amount\":\"{money}\"}",
          "id;name;email;phone\n{row};{P};{E};{T}\n{row};{P};{E};{T}",
          "name,iban,amount\n\"{L}\",{I},{row}\n\"{L}\",{I},{row}",
          "| Employee | SSN | Phone |\n|---|---|---|\n| {P} | {S} | {T} |\n| {P} | {S} | {T} |",
          "<contact><name>{P}</name><tel>{T}</tel><email>{E}</email></contact>",
          // Logs and code
          "{stamp} WARN  auth - bad password for {E} from {A} port {port}",
          "{A} - - [12/Mar/2026:10:11:12 +0000] \"GET /orders/{ref} HTTP/1.1\" 200 {row}",
          "host={A} user={E} trace={uuid} took={row}ms",
          "String admin = \"{E}\"; // asked for by {P}",
          "iptables -A INPUT -s {A} -p tcp --dport {port} -j DROP",
          "UPDATE payees SET iban = '{I}' WHERE ref = '{ref}';",
          // Prose
          "According to {P}, the delay was caused by customs; {P} disagreed.",
          "We interviewed {P} and {P} for the position at {company} yesterday.",
          "{P} has been with {company} since May and works closely with {P}.",
          "please tell {P} that the parcel is at the front desk",
          "Minutes: present were {P}, {P} and {P}; apologies from {P}.",
          "Payment by {P} failed, the number on file is {C}.",
          "SSN on file for {L}: {S}",
          // German, French, Spanish
          "Sehr geehrte Frau {P}, bitte überweisen Sie den Betrag auf {I}. Rückfragen unter {T}.",
          "Ansprechpartner: {P}, Tel. {T}, E-Mail {E}",
          "Bonjour, je m'appelle {P}, mon numéro est le {T} et mon courriel {E}.",
          "Merci de virer la somme sur le compte {I} avant vendredi.",
          "Hola, soy {P}. Mi teléfono es {T}; también puede escribir a {E}.",
          "La tarjeta {C} de {P} fue rechazada.",
          // Nothing of anybody
          "Build {ver} of {product} ({ref}) was signed on {day} and published at {clock}.",
          "PO {ref} / line {row}: 40 x {part}, unit price {money}, due {day}",
          "ISBN {isbn} (paperback), {money}. Reprinted in April and August.",
          "{\"sku\":\"{part}\",\"batch\":\"{ref}\",\"build\":\"{ver}\",\"etag\":\"{hex}\"}",
          "{stamp} INFO  job {uuid} finished, {row} rows, checksum {hex}",
          "The {company} store on {street} opens at {clock} on {day}.",
          "tracking {track} left the depot; customs no. {ref}, weight {row} g",
          "Meeting room {port}, dial in code {pin}, agenda version {ver}",
          "part;qty;price;ean\n{part};{row};{money};{ean}\n{part};{row};{money};{ean}",
          "Rechnung {ref} vom {day}, Betrag {money}, Kundennummer {ean}",
          "Facture n° {ref} du {day}: {money} TTC, article {part}",
          "Pedido {ref}: {row} unidades de {product}, total {money}",
          "org.{low}.core:{low}-api:{ver} depends on {low}-util {ver}",
          "Order number {sixteen} was cancelled, refund id {ean}.",
          "March was slow, but June and August made up for it at {company}.",
          "upgrade {product} from {ver} to {ver}, then restart on port {port}");

  private static final List<String> GIVEN =
      List.of(
          "Siobhan",
          "Tunde",
          "Mehmet",
          "Xiuying",
          "Haruto",
          "Nguyet",
          "Bjorn",
          "Agnieszka",
          "Dmitri",
          "Guadalupe",
          "Jean-Pierre",
          "Zainab",
          "Arjun",
          "Lakshmi",
          "Youssef",
          "Ewa",
          "Kofi",
          "Chiara",
          "Joaquín",
          "Françoise",
          "Jürgen",
          "Sanna",
          "Min-jun",
          "Thandiwe",
          "Rebecca",
          "Douglas",
          "Harriet",
          "Walter",
          "Naomi",
          "Gareth",
          "Ilse",
          "Matthias",
          "Beatriz",
          "Rohan",
          "Farah",
          "Eszter",
          "Radovan",
          "Wanjiru",
          "Keisha",
          "Tyrone");

  private static final List<String> FAMILY =
      List.of(
          "Adeyemi",
          "Yılmaz",
          "Zhang",
          "Watanabe",
          "Tran",
          "Eriksson",
          "Wiśniewska",
          "Kuznetsov",
          "Hernández",
          "Lefèvre",
          "Abdullah",
          "Iyer",
          "Banerjee",
          "Benali",
          "Zielinski",
          "Asante",
          "Bianchi",
          "Ortega",
          "Moreau",
          "Schneider",
          "Korhonen",
          "Park",
          "Dlamini",
          "Goldberg",
          "McAllister",
          "Fitzgerald",
          "Hughes",
          "van der Berg",
          "Vogel",
          "Carvalho",
          "Gupta",
          "Hosseini",
          "Szabó",
          "Jovanović",
          "Kamau",
          "Washington",
          "Robinson",
          "De Luca",
          "Thompson",
          "Castillo");

  private static final List<String> COMPANIES =
      List.of(
          "Northwind Traders",
          "Contoso Ltd",
          "Blue Harbor Logistics",
          "Fabrikam GmbH",
          "Red Maple Bank",
          "Initech",
          "Globex Corporation",
          "Silverline Insurance");

  private static final List<String> GOODS =
      List.of(
          "PixelBook Go",
          "Office 365",
          "iPhone 15 Pro",
          "Windows Server 2022",
          "Postgres",
          "Volt 3000",
          "Apollo GraphQL",
          "Oracle 19c",
          "Jupiter Notebook",
          "Sunrise Alarm Clock");

  private static final List<String> STREETS =
      List.of("14 Washington Street", "Lincoln Avenue 220", "Hauptstraße 7", "Rue de la Paix 3");

  private OtherTexts() {}

  static Text make(Random random) {
    return BenchTexts.make(BenchTexts.pick(random, TEMPLATES), slot -> fill(slot, random));
  }

  private static String fill(String slot, Random r) {
    return switch (slot) {
      case "P" -> person(r);
      case "U" -> (given(r) + " " + family(r)).toUpperCase(Locale.ROOT);
      case "L" -> family(r) + ", " + given(r);
      case "E" -> mail(r);
      case "T" -> phone(r);
      case "A" -> r.nextInt(5) == 0 ? sixes(r) : BenchTexts.address(r);
      case "I" -> BenchTexts.iban(r);
      case "S", "C" -> BenchTexts.fill(slot, r);
      case "ref" -> reference(r);
      case "clock" -> "%02d:%02d".formatted(r.nextInt(24), r.nextInt(60));
      case "stamp" ->
          "2026-%02d-%02dT%02d:%02d:%02d.%sZ"
              .formatted(
                  1 + r.nextInt(12),
                  1 + r.nextInt(28),
                  r.nextInt(24),
                  r.nextInt(60),
                  r.nextInt(60),
                  n(r, 3));
      case "day" ->
          one(r, "%d March 2026", "%d. Juni 2026", "2026-10-%02d", "%02d/05/26")
              .formatted(1 + r.nextInt(28));
      case "ver" ->
          one(r, "v", "", "r")
              + r.nextInt(40)
              + "."
              + r.nextInt(30)
              + "."
              + r.nextInt(99)
              + one(r, "", "-rc.2", "+build." + n(r, 4), "." + n(r, 5));
      case "money" -> one(r, "$", "EUR ", "£", "CHF ") + n(r, 3) + one(r, ".", ",") + n(r, 2);
      case "part" -> one(r, "XR", "KLM", "B") + n(r, 4) + one(r, "-", "/") + n(r, 3);
      case "isbn" -> one(r, "979-8-", "978-0-") + n(r, 3) + "-" + n(r, 5) + "-" + n(r, 1);
      case "ean" -> "40" + n(r, 11);
      case "track" -> one(r, "RR", "CP") + n(r, 9) + "DE";
      case "pin" -> n(r, 6) + "#";
      case "row" -> "" + r.nextInt(90_000);
      case "port" -> "" + (80 + r.nextInt(60_000));
      case "hex" -> BenchTexts.hex(r, one(r, "a", "b").equals("a") ? 32 : 64);
      case "uuid" -> BenchTexts.fill("uuid", r);
      case "sixteen" -> "93" + n(r, 14);
      case "product" -> one(r, GOODS);
      case "company" -> one(r, COMPANIES);
      case "street" -> one(r, STREETS);
      case "host" -> one(r, "northwind.example", "contoso.com", "fabrikam.de");
      case "low" -> one(r, "apache", "jackson", "netty", "vertx");
      default -> throw new IllegalArgumentException(slot);
    };
  }

  private static String given(Random r) {
    return one(r, GIVEN);
  }

  private static String family(Random r) {
    return one(r, FAMILY);
  }

  private static String person(Random r) {
    String given = given(r);
    String family = family(r);
    return switch (r.nextInt(10)) {
      case 0 -> given.charAt(0) + ". " + family;
      case 1 -> (given + " " + family).toUpperCase(Locale.ROOT);
      case 2 -> (given + " " + family).toLowerCase(Locale.ROOT);
      case 3 -> given + " " + (char) ('A' + r.nextInt(26)) + ". " + family;
      case 4 -> family + ", " + given;
      case 5 -> given + " " + family + "-" + family(r);
      default -> given + " " + family;
    };
  }

  private static String mail(Random r) {
    String first = BenchTexts.hex(r, 1) + one(r, "sales", "m.zhang", "tunde_a", "info", "j-p.lef");
    return one(r, first, first.toUpperCase(Locale.ROOT), first + "." + n(r, 2))
        + "@"
        + one(
            r,
            "contoso.com",
            "mx.northwind.co",
            "fabrikam.de",
            "posta.com.tr",
            "lists.school.edu",
            "naïve.fr",
            "bank.co.jp",
            "shop.museum");
  }

  private static String phone(Random r) {
    String area = "" + (2 + r.nextInt(7)) + (1 + r.nextInt(8)) + n(r, 1);
    String exchange = "" + (2 + r.nextInt(7)) + (2 + r.nextInt(7)) + n(r, 1);
    return switch (r.nextInt(9)) {
      case 0 -> "+1-" + area + "-" + exchange + "-" + n(r, 4);
      case 1 -> "1 (" + area + ") " + exchange + " " + n(r, 4);
      case 2 -> area + " " + exchange + " " + n(r, 4);
      case 3 -> "+33 6 " + n(r, 2) + " " + n(r, 2) + " " + n(r, 2) + " " + n(r, 2);
      case 4 -> "0" + one(r, "151", "171", "160") + "/" + "" + (1 + r.nextInt(9)) + n(r, 7);
      case 5 -> "+34 6" + n(r, 2) + " " + n(r, 3) + " " + n(r, 3);
      case 6 -> "+91 98" + n(r, 3) + " " + n(r, 5);
      case 7 -> "07" + one(r, "7", "8", "9") + n(r, 2) + " " + n(r, 6);
      default -> "(" + area + ")" + exchange + "-" + n(r, 4) + " ext. " + n(r, 3);
    };
  }

  private static String sixes(Random r) {
    return one(r, "fe80:", "2a02:8108:", "fd00:0:0:1:")
        + BenchTexts.hex(r, 4).replaceFirst("^0+", "1")
        + "::"
        + "1";
  }

  private static String reference(Random r) {
    return one(
        r,
        n(r, 7),
        n(r, 11),
        "R-" + n(r, 6),
        n(r, 3) + "/" + n(r, 5),
        "TCK" + n(r, 8),
        n(r, 4) + "-" + n(r, 4) + "-" + n(r, 2),
        n(r, 9));
  }
}
