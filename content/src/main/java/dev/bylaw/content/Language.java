package dev.bylaw.content;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The language of a text, by its script and its commonest words.
 *
 * @param code ISO 639-1, or {@code und} where it cannot be told
 * @param score from 0 to 1: how far it is ahead
 */
public record Language(String code, double score) {
  private static final int MOST_WORDS = 2000;

  private static final Map<String, Map<String, Double>> COMMON = new HashMap<>();

  static {
    put(
        "en",
        "the and of to in is that it for was with as on are this be have from you not at by your we our they will has can please");
    put(
        "de",
        "der die das und ist nicht ein eine zu den mit sich auf für von dem im des wir sie ich auch es wird bei oder aber sind haben ihre bitte");
    put(
        "fr",
        "le la les et des est un une que pour dans qui sur pas plus par avec nous vous ce sont au du votre ne il elle mais être merci");
    put(
        "es",
        "el la los las y de que en un una por con para es no se su al lo como más pero del está son usted gracias muy este");
    put(
        "it",
        "il lo la gli le e di che un una per con non è sono del della si da come più anche nel alla questo grazie molto suo");
    put(
        "pt",
        "o os as e de que em um uma por com para não se do da no na mais como é são você obrigado foi seu ao muito este");
    put(
        "nl",
        "de het een en van is dat op te in voor met zijn niet aan er ook maar om bij wij u uw naar dit deze wordt hebben");
    put(
        "sv",
        "och att det i en som är på för med av den till inte har vi du om ett men från kan din ska var");
    put(
        "da",
        "og at det i en er på for med af den til ikke har vi du om et men fra kan din skal var der som");
    put(
        "no",
        "og at det i en er på for med av den til ikke har vi du om et men fra kan din skal var som jeg");
    put(
        "fi",
        "ja on ei se että en hän oli mutta kun niin ovat sen myös jos tai kuin minä olen joka mitä tämä ole voi");
    put(
        "pl",
        "i w nie na się z do to jest że o jak ale po co tak za od przez dla są czy tym już proszę być");
    put(
        "cs",
        "a v se na je že to s z do o jako ale po za pro si tak by jsem které není jsou má také");
    put("sk", "a v sa na je že to s z do o ako ale po za pre si tak by som ktoré nie sú má tiež");
    put(
        "ro",
        "și de la în a nu că pe cu un o este din pentru mai sunt ce care se am fi au dar lui");
    put(
        "hu",
        "a az és hogy nem is egy ez van de meg csak ha mint volt már vagy még el azt kell mert");
    put(
        "tr",
        "ve bir bu için ile da de ne çok daha var gibi olarak ama en olan mi ben sen değil kadar sonra");
    put(
        "id",
        "yang dan di ini dengan untuk dari tidak dalam akan pada itu adalah saya ke ada juga bisa anda kami");
    put("vi", "và của là có không được cho trong một với người các này để đã những khi tôi bạn");
  }

  private static void put(String code, String words) {
    Map<String, Double> ranks = new HashMap<>();
    for (String word : words.split(" ", -1)) {
      ranks.put(PlainText.of(word).text(), 1.0);
    }
    COMMON.put(code, ranks);
  }

  /** The languages that can be told, by their codes. */
  public static Set<String> codes() {
    Set<String> codes = new TreeSet<>(COMMON.keySet());
    codes.addAll(BY_SCRIPT.values());
    codes.add("ja");
    return codes;
  }

  /** Tells the language of a text; with fewer than three known words it cannot be told. */
  public static Language of(String text) {
    Language byScript = byScript(text);
    if (byScript != null) {
      return byScript;
    }
    Words words = Words.of(PlainText.of(text).text());
    Map<String, Double> scores = new TreeMap<>();
    int looked = Math.min(MOST_WORDS, words.size());
    int known = 0;
    for (int i = 0; i < looked; i++) {
      String word = words.text().substring(words.start(i), words.end(i)).toLowerCase(Locale.ROOT);
      boolean any = false;
      for (Map.Entry<String, Map<String, Double>> language : COMMON.entrySet()) {
        if (language.getValue().containsKey(word)) {
          scores.merge(language.getKey(), 1.0, Double::sum);
          any = true;
        }
      }
      known += any ? 1 : 0;
    }
    String best = "und";
    double first = 0;
    double second = 0;
    for (Map.Entry<String, Double> score : scores.entrySet()) {
      if (score.getValue() > first) {
        second = first;
        first = score.getValue();
        best = score.getKey();
      } else {
        second = Math.max(second, score.getValue());
      }
    }
    if (known < 3 || first == second || first / looked < .08) {
      return new Language("und", 0);
    }
    return new Language(best, Math.min(1, (first - second) / first + .2));
  }

  private static @Nullable Language byScript(String text) {
    Map<Character.UnicodeScript, Integer> counts = new HashMap<>();
    int letters = 0;
    for (int i = 0; i < text.length() && letters < 4000; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isLetter(point)) {
        letters++;
        counts.merge(Character.UnicodeScript.of(point), 1, Integer::sum);
      }
    }
    int kana =
        counts.getOrDefault(Character.UnicodeScript.HIRAGANA, 0)
            + counts.getOrDefault(Character.UnicodeScript.KATAKANA, 0);
    if (kana * 5 > letters && letters > 0) {
      return new Language("ja", .95);
    }
    for (Map.Entry<Character.UnicodeScript, Integer> count : counts.entrySet()) {
      if (count.getValue() * 2 > letters) {
        String code = BY_SCRIPT.get(count.getKey());
        return code == null ? null : new Language(code, .8);
      }
    }
    return null;
  }

  private static final Map<Character.UnicodeScript, String> BY_SCRIPT =
      Map.ofEntries(
          Map.entry(Character.UnicodeScript.CYRILLIC, "ru"),
          Map.entry(Character.UnicodeScript.GREEK, "el"),
          Map.entry(Character.UnicodeScript.ARABIC, "ar"),
          Map.entry(Character.UnicodeScript.HEBREW, "he"),
          Map.entry(Character.UnicodeScript.DEVANAGARI, "hi"),
          Map.entry(Character.UnicodeScript.BENGALI, "bn"),
          Map.entry(Character.UnicodeScript.TAMIL, "ta"),
          Map.entry(Character.UnicodeScript.THAI, "th"),
          Map.entry(Character.UnicodeScript.HANGUL, "ko"),
          Map.entry(Character.UnicodeScript.HAN, "zh"),
          Map.entry(Character.UnicodeScript.GEORGIAN, "ka"),
          Map.entry(Character.UnicodeScript.ARMENIAN, "hy"));
}
