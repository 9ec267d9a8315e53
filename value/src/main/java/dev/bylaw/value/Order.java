package dev.bylaw.value;

/** The total order of values. */
final class Order {
  private Order() {}

  static int compare(Value a, Value b) {
    if (a.kind() != b.kind()) {
      return a.kind().compareTo(b.kind());
    }
    return switch (a) {
      case NullValue _ -> 0;
      case BooleanValue x -> Boolean.compare(x.isTrue(), ((BooleanValue) b).isTrue());
      case NumberValue x -> x.compareNumber((NumberValue) b);
      case StringValue x -> compareText(x.text(), ((StringValue) b).text());
      case ArrayValue x -> compareArrays(x, (ArrayValue) b);
      case ObjectValue x -> compareObjects(x, (ObjectValue) b);
      case SetValue x -> compareSets(x, (SetValue) b);
    };
  }

  /** By code point: UTF-16 units in the surrogate range come after all others of the plane. */
  static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xSurrogate = Character.isSurrogate(x);
        return xSurrogate == Character.isSurrogate(y) ? x - y : xSurrogate ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  private static int compareArrays(ArrayValue a, ArrayValue b) {
    int length = Math.min(a.size(), b.size());
    for (int i = 0; i < length; i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return a.size() - b.size();
  }

  private static int compareObjects(ObjectValue a, ObjectValue b) {
    int length = Math.min(a.size(), b.size());
    for (int i = 0; i < length; i++) {
      int order = a.sortedKey(i).compareTo(b.sortedKey(i));
      if (order == 0) {
        order = a.sortedValue(i).compareTo(b.sortedValue(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return a.size() - b.size();
  }

  private static int compareSets(SetValue a, SetValue b) {
    int length = Math.min(a.size(), b.size());
    for (int i = 0; i < length; i++) {
      int order = a.sorted(i).compareTo(b.sorted(i));
      if (order != 0) {
        return order;
      }
    }
    return a.size() - b.size();
  }
}
