package dev.bylaw.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a text sounds, by features that can be named.
 *
 * @param formality from -1, casual, to 1, formal
 * @param warmth from -1, cold, to 1, warm
 * @param unruly from 0 to 1: shouting, slang and insults, which no professional text has
 * @param evidence the features, the strongest first as they were counted
 */
public record Tone(double formality, double warmth, double unruly, List<String> evidence) {
  /** Fewer words are a value, such as {@code usd}, and no sentence whose writing says something. */
  private static final int FEW = 3;

  private static final Terms SLANG =
      Terms.of(
          "lol, lmao, rofl, omg, wtf, gonna, wanna, gotta, kinda, sorta, yeah, yep, nope, nah, dude,"
              + " bro, guys, cool, awesome, stuff, crap, hell, damn, ain t, y all, yall, btw, idk,"
              + " imo, imho, thx, pls, plz, ur, u, r, cuz, coz, cause, dunno, lemme, gimme, hey, hiya,"
              + " yo, sup, wassup, ok, okay, haha, hehe, whatever, totally, super, freaking, sucks,"
              + " suck, kids, mom, dad, folks, buddy, mate, cheers, ya, em, im, dont, cant, wont, tho,"
              + " thru, ppl, bc, ttyl, brb, tbh, smh, asap, bucks, a lot, a bunch, lots, pretty much,"
              + " no way, hang out, check out, hit me up, my bad, chill, crazy, weird, jerk, guy, gal,"
              + " wow, oops, ugh, huh, hmm, umm, um, uh, hella, legit, vibe, insane, i guess, just");
  private static final Terms CONTRACTIONS =
      Terms.of(
          "don t, doesn t, didn t, can t, couldn t, won t, wouldn t, isn t, aren t, wasn t, weren t,"
              + " haven t, hasn t, i m, i ve, i ll, i d, you re, you ve, you ll, he s, she s, it s,"
              + " we re, we ve, we ll, they re, they ve, that s, there s, what s, let s, who s,"
              + " shouldn t, hadn t, here s, how s, where s");
  private static final Terms FORMAL =
      Terms.of(
          "dear sir, dear madam, dear mr, dear ms, dear mrs, dear dr, to whom it may concern,"
              + " sincerely, yours faithfully, kind regards, best regards, respectfully, yours truly,"
              + " furthermore, moreover, therefore, consequently, nevertheless, however, thus, hence,"
              + " pursuant, hereby, herewith, regarding, concerning, accordingly, in accordance,"
              + " please find, enclosed, we regret, we would, i would, would be, kindly, at your"
              + " earliest convenience, in addition, additionally, subsequently, request, require,"
              + " assistance, inform, receive, obtain, purchase, provide, ensure, appropriate,"
              + " sufficient, regards, appreciate, may, shall, upon, whom, such as, prior to, in order"
              + " to, due to, cannot, do not, does not, did not, is not, are not, will not, i am, it is,"
              + " you are, that is, one should, one must, individual, individuals, rather, perhaps,"
              + " quite, extremely, unfortunately, considering, approximately, attempt, permit, advise,"
              + " inquire, commence, demonstrate, indicate, indicated, apologies, inconvenience");
  private static final Terms WARM =
      Terms.of(
          "thank you, thanks, thank, please, welcome, happy to, glad, great, love, lovely, wonderful,"
              + " enjoy, hope you, have a great, have a nice, appreciate, congratulations, excited,"
              + " looking forward, hi, hello, no worries, of course, feel free, delighted, pleased,"
              + " pleasure, warm, take care, cheers, happy, sorry to hear, good luck, awesome, kind");
  private static final Terms COLD =
      Terms.of(
          "failure to comply, must immediately, not our problem, your fault, we refuse, unacceptable,"
              + " demand, warning, final notice, legal action, rejected, denied, you failed, stop,"
              + " as already stated, per my last");
  private static final Terms RUDE =
      Terms.of(
          "idiot, stupid, shut up, damn, hell, crap, wtf, moron, dumb, suck, sucks, bullshit, screw,"
              + " loser, pathetic, jerk, ass, bastard, fuck, fucking, shit, hate you, useless");

  /** The four words that rules use. */
  public enum Band {
    PROFESSIONAL,
    FRIENDLY,
    FORMAL,
    CASUAL
  }

  public Tone {
    evidence = List.copyOf(evidence);
  }

  /** Reads the tone of a text. */
  public static Tone of(String text) {
    return new Reading(text).tone();
  }

  /** Whether the text has that tone; unsure in the wide bands between. */
  public TopicVerdict.Standing is(Band band) {
    return switch (band) {
      case FORMAL -> standing(formality - unruly, .15, -.15);
      case CASUAL -> standing(-formality + unruly, .15, -.15);
      case FRIENDLY -> standing(warmth - unruly, .25, -.05);
      case PROFESSIONAL -> standing(formality * .5 + .3 - 1.5 * unruly, .2, 0);
    };
  }

  private static TopicVerdict.Standing standing(double score, double yes, double no) {
    if (score >= yes) {
      return TopicVerdict.Standing.ABOUT;
    }
    return score <= no ? TopicVerdict.Standing.NOT_ABOUT : TopicVerdict.Standing.UNSURE;
  }

  /** Counts the features of one text. */
  private static final class Reading {
    private final String original;
    private final String text;
    private final Words words;
    private final List<String> evidence = new ArrayList<>();

    Reading(String original) {
      this.original = original;
      this.text = prose(PlainText.of(original).text());
      this.words = Words.of(text);
    }

    /** The text with blanks for addresses and names of files, which have no tone. */
    private static String prose(String text) {
      char[] prose = text.toCharArray();
      int from = 0;
      for (int i = 0; i <= prose.length; i++) {
        if (i == prose.length || Character.isWhitespace(prose[i])) {
          if (isName(text.substring(from, i))) {
            Arrays.fill(prose, from, i, ' ');
          }
          from = i + 1;
        }
      }
      return new String(prose);
    }

    /** An address of mail or of the web, or letters and a short ending behind a dot. */
    private static boolean isName(String token) {
      int at = token.indexOf('@');
      int dot = token.lastIndexOf('.');
      int ending = token.length() - dot - 1;
      return (at > 0 && dot > at + 1)
          || token.contains("://")
          || token.startsWith("www.")
          || (dot > 0
              && Character.isLetterOrDigit(token.charAt(dot - 1))
              && ending >= 2
              && ending <= 4
              && token
                  .chars()
                  .skip(dot + 1L)
                  .allMatch(c -> c < 128 && Character.isLetterOrDigit(c)));
    }

    Tone tone() {
      if (words.size() == 0) {
        return new Tone(0, 0, 0, List.of("no words"));
      }
      double scale = 12.0 / Math.max(8, words.size());
      double slang = count(SLANG, "slang");
      double contractions = count(CONTRACTIONS, "contractions");
      double formal = count(FORMAL, "formal phrases");
      double marks = repeatedMarks();
      double emoji = emoji();
      double shouting = shouting();
      double careless = careless();
      double longWords = longWords();
      double casual =
          slang * .5 + contractions * .35 + marks * .6 + emoji * .6 + shouting * .3 + careless * .5;
      double stiff = formal * .45 + longWords * 1.2;
      double formality = Math.tanh((stiff - casual) * scale);
      double warmth =
          Math.tanh(
              (count(WARM, "warm phrases") * .6
                      + Math.min(1, emoji) * .4
                      + (marks > 0 ? 0 : singleMarks() * .2)
                      - count(COLD, "cold phrases") * .8)
                  * scale);
      double rude = count(RUDE, "rude words");
      double unruly = Math.min(1, (rude * .6 + shouting * .25 + slang * .12 + marks * .15) * scale);
      return new Tone(formality, warmth, unruly, evidence);
    }

    private double count(Terms terms, String name) {
      List<String> found = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        String term = terms.at(words, i);
        if (term != null) {
          found.add(term);
        }
      }
      if (!found.isEmpty()) {
        evidence.add(name + ": " + String.join(", ", found.stream().distinct().limit(5).toList()));
      }
      return found.size();
    }

    private double repeatedMarks() {
      int runs = 0;
      for (int i = 1; i < text.length(); i++) {
        boolean pair = "!?.".indexOf(text.charAt(i)) >= 0 && text.charAt(i) == text.charAt(i - 1);
        boolean goesOn = i > 1 && text.charAt(i - 2) == text.charAt(i);
        runs += pair && !goesOn ? 1 : 0;
      }
      note(runs, "repeated marks");
      return runs;
    }

    private double singleMarks() {
      return text.chars().filter(c -> c == '!').count();
    }

    private double emoji() {
      long count =
          original
              .codePoints()
              .filter(c -> (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf))
              .count();
      for (String face : List.of(":)", ":-)", ":(", ":D", ";)", ":P", "<3", "xD")) {
        count += text.contains(face) ? 1 : 0;
      }
      note((double) count, "emoji");
      return count;
    }

    private double shouting() {
      int count = 0;
      for (int i = 0; i < words.size(); i++) {
        String word = text.substring(words.start(i), words.end(i));
        count += word.length() > 3 && word.chars().allMatch(Character::isUpperCase) ? 1 : 0;
      }
      note(count, "words in capitals");
      return count;
    }

    /** A small letter at the start, {@code i} for I, letters drawn out, no mark at the end. */
    private double careless() {
      if (words.size() < FEW) {
        return 0;
      }
      double count = 0;
      if (Character.isLowerCase(text.charAt(words.start(0)))) {
        count++;
      }
      char last = text.strip().charAt(text.strip().length() - 1);
      if (Character.isLetter(last) && words.size() > 5) {
        count += .6;
      }
      for (int i = 0; i < words.size(); i++) {
        int start = words.start(i);
        if (words.end(i) - start == 1 && text.charAt(start) == 'i') {
          count++;
        }
        for (int k = start + 2; k < words.end(i); k++) {
          char c = text.charAt(k);
          if (Character.isLetter(c) && c == text.charAt(k - 1) && c == text.charAt(k - 2)) {
            count++;
            break;
          }
        }
      }
      note(count, "careless spelling");
      return count;
    }

    private double longWords() {
      if (words.size() < FEW) {
        return 0;
      }
      int letters = 0;
      for (int i = 0; i < words.size(); i++) {
        letters += words.end(i) - words.start(i);
      }
      double mean = (double) letters / words.size();
      return Math.max(-.5, Math.min(1, (mean - 4.3) * .6)) * Math.min(1, words.size() / 6.0);
    }

    private void note(double count, String name) {
      if (count > 0) {
        evidence.add(name);
      }
    }
  }
}
