package dev.bylaw.content.models;

import static dev.bylaw.content.models.AccuracyBench.BenchTexts.n;
import static dev.bylaw.content.models.AccuracyBench.BenchTexts.one;
import static dev.bylaw.content.models.AccuracyBench.BenchTexts.withLuhn;

import dev.bylaw.content.models.AccuracyBench.BenchTexts;
import dev.bylaw.content.models.AccuracyBench.Text;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Texts of a fourth kind, in which organisations and places are labelled too: logs, chats, call
 * notes, signatures, tables, JSON, tickets, personnel files, medical notes, contracts, comments in
 * code, English of Australia, India, Ireland, Nigeria, Singapore and South Africa; and as many that
 * name nobody and nothing. Every other template, and half of the names, is sealed, as in {@link
 * FieldTexts}.
 */
final class DeskTexts {
  private static final List<String> TEMPLATES = FieldTexts.templates("desk-texts.txt");

  private static final List<String> GIVEN =
      names(
          "Niamh Lachlan Chidi Ngozi Shanelle Kavya Harpreet Thabo Nomvula Wei-Ling Rafael Bronwyn"
              + " Tevita Aroha Declan Saoirse Funmilayo Ifeanyi Rukmini Senthil Pieter Anneke"
              + " Marisol Crisanto Jerome Tamsin Ayesha Bilal Yevhen Oksana Ioannis Despina Goran"
              + " Vesna Tomasz Urszula Hyun-woo Soo-jin Minh Linh Kerry-Ann Desmond Björk Eetu Aino"
              + " Florin Ioana Baptiste Margaux Nils Ottilie Kwabena Adjoa Jesús Rocío Tadhg Lerato"
              + " Joy Jack Ruby Frank Bill April Dale Robin");

  private static final List<String> FAMILY =
      names(
          "O'Sullivan Campbell Eze Balogun Bailey Reddy Sandhu Mokoena Zulu Tan Santos Griffiths"
              + " Taufa Ngata Byrne Kearney Ogunleye Nwosu Venkataraman Subramaniam Botha Pretorius"
              + " Quintero Dimaculangan Whitmore Penhaligon Qureshi Chaudhry Shevchenko Kovalenko"
              + " Papadopoulos Georgiou Babić Marković Wojciechowski Grabowska Kang Lim Vo Dang"
              + " Grant-Smith Achebe Guðmundsdóttir Virtanen Laine Ionescu Dumitru Fontaine Mercier"
              + " Bergström Haugen Boateng Amoah Navarro Jiménez McCarthy Molefe Turner Hunter Brooks"
              + " Woods Rivers Day Price");

  private static final List<String> FIRMS =
      List.of(
          "Harrow & Finch LLP",
          "Tasman Freight Pty Ltd",
          "Brightwater Energy",
          "Kestrel Insurance",
          "Umoja Bank",
          "Lotus Pharma",
          "Nordhavn AS",
          "St Brigid's Hospital",
          "Ridgeway Council",
          "Ashcroft University",
          "Meridian Airlines",
          "Copperfield Holdings",
          "Sakura Motors",
          "Vantage Analytics Inc.",
          "Granite State Credit Union",
          "Deutsche Telekom",
          "Unilever",
          "Siemens",
          "Barclays",
          "Infosys");

  private static final List<String> PLACES =
      names(
          "Adelaide Lagos Bengaluru Galway Durban Auckland Manila Kingston Nairobi Singapore Leeds"
              + " Halifax Tucson Brisbane Gdansk Porto Lyon Bergen Zagreb Osaka Jakarta Cairo Quito"
              + " Winnipeg Ohio Queensland Ghana Portugal Kerala Wellington");

  private static final List<String> GOODS =
      List.of(
          "Pixel 9",
          "Thermomix TM6",
          "Le Creuset pot",
          "Ray-Ban Wayfarer",
          "Billy bookcase",
          "Oral-B Genius",
          "Chesterfield sofa",
          "Wellington boots",
          "Panama hat",
          "Nintendo Switch");

  private DeskTexts() {}

  private static List<String> names(String list) {
    return List.of(list.split(" ", -1));
  }

  static Text make(Random random, boolean sealed) {
    List<String> given = FieldTexts.half(GIVEN, sealed);
    List<String> family = FieldTexts.half(FAMILY, sealed);
    return BenchTexts.make(
        BenchTexts.pick(random, FieldTexts.half(TEMPLATES, sealed)),
        slot -> fill(slot, random, given, family, sealed));
  }

  private static String fill(
      String slot, Random r, List<String> given, List<String> family, boolean sealed) {
    return switch (slot) {
      case "P" -> person(r, given, family);
      case "p" -> (one(r, given) + " " + one(r, family)).toLowerCase(Locale.ROOT);
      case "g" -> one(r, given).toLowerCase(Locale.ROOT);
      case "G" -> one(r, given);
      case "F" -> one(r, family);
      case "U" -> (one(r, given) + " " + one(r, family)).toUpperCase(Locale.ROOT);
      case "L" -> one(r, family) + ", " + one(r, given);
      case "O" -> one(r, FieldTexts.half(FIRMS, sealed));
      case "K" -> one(r, FieldTexts.half(PLACES, sealed));
      case "E" -> mail(r);
      case "T" -> phone(r);
      case "S" -> BenchTexts.shaped(r, one(r, "#-$-%", "#-$-%", "# $ %", "#$%"));
      case "bare" -> BenchTexts.shaped(r, "#$%");
      case "ten" -> n(r, 10);
      case "isbnten" -> n(r, 1) + "-" + n(r, 4) + "-" + n(r, 4) + "-X";
      case "mask" -> "**** **** **** " + n(r, 4);
      case "product" -> one(r, GOODS);
      case "low" -> one(r, "nginx", "redis", "postgres", "grafana");
      case "A" -> BenchTexts.address(r);
      case "I" -> BenchTexts.iban(r);
      case "C" -> card(r);
      default -> FieldTexts.nobody(slot, r);
    };
  }

  private static String person(Random r, List<String> givens, List<String> families) {
    String given = one(r, givens);
    String family = one(r, families);
    return switch (r.nextInt(10)) {
      case 0 -> given.charAt(0) + ". " + family;
      case 1 -> given + " " + one(r, givens).charAt(0) + ". " + family;
      case 2 -> given + " " + family + "-" + one(r, families);
      case 3 -> given.charAt(0) + "." + one(r, givens).charAt(0) + ". " + family;
      default -> given + " " + family;
    };
  }

  private static String mail(Random r) {
    return one(r, "n.byrne", "chidi", "accounts+au", "t_mokoena", "kavya-r", "hr")
        + one(r, "", n(r, 3))
        + "@"
        + one(r, "tasman.com.au", "umoja.co.ke", "outlook.com", "harrow.law", "ridgeway.gov.uk");
  }

  private static String phone(Random r) {
    String exchange = "" + (2 + r.nextInt(7)) + (2 + r.nextInt(7)) + n(r, 1);
    return switch (r.nextInt(11)) {
      case 0 -> "(" + one(r, "602", "314", "720") + ") " + exchange + "-" + n(r, 4);
      case 1 -> one(r, "602", "314", "720") + "-" + exchange + "-" + n(r, 4);
      case 2 -> "+61 4" + n(r, 2) + " " + n(r, 3) + " " + n(r, 3);
      case 3 -> "04" + n(r, 2) + " " + n(r, 3) + " " + n(r, 3);
      case 4 -> "+27 82 " + n(r, 3) + " " + n(r, 4);
      case 5 -> "+353 86 " + n(r, 3) + " " + n(r, 4);
      case 6 -> "+91-98" + n(r, 3) + "-" + n(r, 5);
      case 7 -> "020 7" + n(r, 3) + " " + n(r, 4);
      case 8 -> "+65 9" + n(r, 3) + " " + n(r, 4);
      case 9 -> "+64 21 " + n(r, 3) + " " + n(r, 4);
      default -> "+1 " + one(r, "416", "604") + "." + exchange + "." + n(r, 4);
    };
  }

  private static String card(Random r) {
    String number = withLuhn(one(r, "4", "51", "55", "6011", "3530") + n(r, 14));
    String sixteen = withLuhn(number.substring(0, 15));
    return sixteen.replaceAll("(.{4})(?=.)", "$1" + one(r, "", " ", "-"));
  }
}
