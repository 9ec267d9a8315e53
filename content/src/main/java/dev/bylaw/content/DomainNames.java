package dev.bylaw.content;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of hosts: where one ends in a text, and whether its top-level domain exists. */
final class DomainNames {

  /** What is known of a top-level domain. */
  enum Standing {
    PUBLIC("public top-level domain"),
    /** RFC 2606, RFC 6762 and common private names. */
    RESERVED("reserved top-level domain"),
    UNKNOWN("unknown top-level domain");

    private final String note;

    Standing(String note) {
      this.note = note;
    }

    String note() {
      return note;
    }
  }

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Set<String> RESERVED =
      Set.of("example", "test", "invalid", "local", "internal", "corp", "lan", "home", "intranet");

  private static final Set<String> PUBLIC = publicDomains();

  private DomainNames() {}

  private static Set<String> publicDomains() {
    Set<String> domains = new HashSet<>();
    for (String country : Locale.getISOCountries()) {
      domains.add(country.toLowerCase(Locale.ROOT));
    }
    domains.addAll(List.of("uk", "eu", "ac", "su"));
    String generic =
        """
        com org net edu gov mil int arpa info biz name pro aero coop museum jobs mobi travel tel cat
        asia post xxx app dev page web site online store shop blog cloud tech xyz club top vip work
        live life world today news media email company agency digital design studio solutions
        services support systems software technology network center group global international
        team community foundation institute academy education school college university training
        health healthcare care clinic dental doctor hospital pharmacy fitness yoga energy green eco
        bio earth garden farm restaurant cafe bar pub pizza coffee kitchen recipes food beer wine
        hotel hotels holiday vacations flights tours cruises travelersinsurance bank banque finance
        financial money credit creditcard loan loans insurance insure fund capital ventures
        investments tax accountant accountants cpa legal law lawyer attorney consulting management
        marketing business enterprises industries holdings partners associates limited ltd llc inc
        gmbh srl corp corporation bv nyc london paris berlin hamburg koeln cologne bayern wien
        tirol amsterdam brussels gent vlaanderen madrid barcelona bcn tokyo osaka kyoto nagoya
        yokohama sydney melbourne quebec vegas miami boston moscow istanbul dubai abudhabi capetown
        durban joburg africa lat asia scot wales cymru irish eus gal corsica bzh frl alsace swiss
        saarland ruhr nrw art arts gallery photo photos photography pics pictures camera film movie
        theater theatre music band dance show tv video audio radio fm stream game games play poker
        bet casino bingo lotto win sport sports football soccer tennis golf rugby hockey ski surf
        run bike cars car auto autos taxi limo moto racing parts repair tools build builders
        construction contractors plumbing lighting glass floor furniture house houses homes
        apartments properties property realestate realty rent rentals lease land villas condos
        estate forsale auction deals discount sale cheap bargains coupons gift gifts gratis free
        guide guru expert ninja rocks cool fun lol wtf sexy sex porn adult dating singles love
        wedding family baby kids toys pet pets dog horse fish fashion clothing shoes boutique
        jewelry diamonds watch beauty hair makeup style salon spa black blue red pink gold
        plus one ooo zone space place city town country house host hosting domains website webcam
        wiki chat link links click download codes computer data directory domains download engineer
        engineering equipment events exchange express fail fans faith fyi graphics gripe guitars
        haus help hiv how ink ist istanbul jetzt kaufen kim kiwi krd lgbt lighting maison market
        markets mba meet memorial men menu moe monster mortgage navy army airforce vet
        productions promo protection pub racing reise reisen report republican democrat vote voting
        rest review reviews rich rip rodeo room schule science security shiksha shopping skin
        social solar soy supplies supply surgery sucks tattoo tickets tienda tips trade trading
        uno vision voto voyage webcam wang ren xin wed works wtf zip mov foo new day dad phd prof
        esq rsvp ing boo how soy meme bot map box cfd sbs icu cyou buzz bond quest lol hair homes
        autos boats yachts motorcycles gay autos beauty skin christmas fishing cooking rodeo
        google youtube gmail android chrome amazon aws microsoft azure apple windows office skype
        bing xbox ibm oracle intel sap siemens bosch bmw audi volkswagen seat ford toyota lexus
        honda nissan mitsubishi hitachi toshiba sony canon nikon epson samsung lg panasonic sharp
        bbc cbs abc cnn fox netflix hbo disney visa mastercard amex americanexpress barclays hsbc
        citi chase jpmorgan bnpparibas santander ubs deloitte pwc kpmg accenture nike adidas gucci
        """;
    SPACES.splitAsStream(generic.strip()).forEach(domains::add);
    domains.removeAll(RESERVED);
    return Set.copyOf(domains);
  }

  /**
   * Where the name that starts at {@code start} ends, at the latest at {@code end}; -1 if there is
   * none of at least two labels with letters at its end.
   */
  static int end(String text, int start, int end) {
    while (end > start && !Words.isWordPart(text.charAt(end - 1))) {
      end--;
    }
    int label = start;
    int labels = 0;
    for (int i = start; i <= end; i++) {
      if (i < end && text.charAt(i) != '.') {
        continue;
      }
      boolean bad =
          i == label || i - label > 63 || text.charAt(label) == '-' || text.charAt(i - 1) == '-';
      if (bad) {
        return labels >= 2 && isTopLevel(text, lastLabel(text, start, label - 1), label - 1)
            ? label - 1
            : -1;
      }
      labels++;
      label = i + 1;
    }
    return labels >= 2 && isTopLevel(text, lastLabel(text, start, end), end) ? end : -1;
  }

  private static int lastLabel(String text, int start, int end) {
    return Math.max(start, text.lastIndexOf('.', end - 1) + 1);
  }

  private static boolean isTopLevel(String text, int start, int end) {
    if (end - start < 2) {
      return false;
    }
    if (text.regionMatches(true, start, "xn--", 0, 4)) {
      return true;
    }
    for (int i = start; i < end; i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The standing of the name {@code start..end}. */
  static Standing standing(String text, int start, int end) {
    String top = text.substring(lastLabel(text, start, end), end).toLowerCase(Locale.ROOT);
    if (PUBLIC.contains(top) || top.startsWith("xn--") || top.charAt(0) > 0x7f) {
      return Standing.PUBLIC;
    }
    return RESERVED.contains(top) ? Standing.RESERVED : Standing.UNKNOWN;
  }
}
