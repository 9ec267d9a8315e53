package dev.bylaw.content;

import java.util.Set;

/** Finds MAC addresses and coordinates: small things made of a few words. */
final class PlaceDetector implements Detector {
  private static final Terms COORDINATES =
      Terms.of(
          "lat, latitude, lon, lng, longitude, coordinates, coords, gps, geo, location, position,"
              + " latlng, latlong");

  @Override
  public String name() {
    return "place";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.MAC_ADDRESS, EntityType.COORDINATES);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words words = passage.words();
    for (int word = 0; word < words.size(); word++) {
      if (asked.contains(EntityType.MAC_ADDRESS)) {
        mac(words, word, matches);
      }
      if (asked.contains(EntityType.COORDINATES)) {
        coordinates(passage, word, matches);
      }
    }
  }

  private static void mac(Words words, int first, Matches matches) {
    int size = words.end(first) - words.start(first);
    int groups = size == 2 ? 6 : size == 4 ? 3 : 0;
    if (groups == 0 || first + groups > words.size()) {
      return;
    }
    String text = words.text();
    int end = words.end(first + groups - 1);
    int start = words.start(first);
    if (end - start != groups * size + groups - 1) {
      return;
    }
    char separator = text.charAt(words.end(first));
    if (separator != (size == 4 ? '.' : ':') && (size == 4 || separator != '-')) {
      return;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean between = (i - start) % (size + 1) == size;
      if (between ? c != separator : Character.digit(c, 16) < 0) {
        return;
      }
    }
    boolean before = start > 0 && text.charAt(start - 1) == separator;
    boolean after = end < text.length() && text.charAt(end) == separator;
    if (!before && !(after && end + 1 < text.length() && Words.isWordPart(text.charAt(end + 1)))) {
      matches.add(
          EntityType.MAC_ADDRESS, start, end, size == 4 ? .7 : .9, "pairs of hexadecimal digits");
    }
  }

  /** {@code 40.7128, -74.0060} and {@code 40.7128° N, 74.0060° W}. */
  private static void coordinates(Passage passage, int word, Matches matches) {
    Words words = passage.words();
    if (word + 3 >= words.size() || !isDecimal(words, word)) {
      return;
    }
    String text = words.text();
    int second = word + 2;
    if (isCompass(words, second)) {
      second++;
    }
    if (second + 1 >= words.size() || !isDecimal(words, second)) {
      return;
    }
    String between = text.substring(words.end(word + 1), words.start(second));
    if (between.length() > 8 || !between.matches("[ ,;°NSns/-]+")) {
      return;
    }
    double latitude = Double.parseDouble(text.substring(words.start(word), words.end(word + 1)));
    double longitude =
        Double.parseDouble(text.substring(words.start(second), words.end(second + 1)));
    if (latitude > 90 || longitude > 180 || joined(text, words.start(word))) {
      return;
    }
    int decimals =
        Math.min(
            words.end(word + 1) - words.start(word + 1),
            words.end(second + 1) - words.start(second + 1));
    int last = second + 1;
    if (last + 1 < words.size()
        && isCompass(words, last + 1)
        && words.start(last + 1) - words.end(last) <= 2) {
      last++;
    }
    boolean degrees = between.indexOf('°') >= 0 || last > second + 1;
    Context.Near near = Context.nearest(COORDINATES, words, word, last);
    boolean named = COORDINATES.anywhere(passage.field().words()) != null || near != null;
    double score = named ? .95 : degrees ? .85 : decimals >= 4 ? .7 : .2;
    int start = words.start(word);
    if (start > 0 && text.charAt(start - 1) == '-') {
      start--;
    }
    matches.add(EntityType.COORDINATES, start, words.end(last), score, "latitude and longitude");
  }

  private static boolean joined(String text, int start) {
    return start > 1
        && (text.charAt(start - 1) == '.' || text.charAt(start - 1) == '$')
        && Words.isWordPart(text.charAt(start - 2));
  }

  private static boolean isCompass(Words words, int word) {
    return words.end(word) - words.start(word) == 1
        && "NSEWnsew".indexOf(words.text().charAt(words.start(word))) >= 0;
  }

  private static boolean isDecimal(Words words, int word) {
    int whole = words.end(word) - words.start(word);
    return whole <= 3
        && words.isNumber(word)
        && words.start(word + 1) == words.end(word) + 1
        && words.text().charAt(words.end(word)) == '.'
        && words.isNumber(word + 1)
        && words.end(word + 1) - words.start(word + 1) >= 2
        && words.end(word + 1) - words.start(word + 1) <= 15;
  }
}
