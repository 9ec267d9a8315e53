package dev.bylaw.policy.data;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The addresses that a request sends to. */
public final class Recipients {
  private static final int MOST = 10_000;
  private static final int LONGEST = 1_000_000;

  private Recipients() {}

  /**
   * Reads addresses: a text with one or several, or a list of such texts.
   *
   * @return {@code local@domain}, the domain in its canonical form
   * @throws Unreadable if any of them is not an address for certain
   */
  public static List<String> of(Value value) throws Unreadable {
    List<String> addresses = new ArrayList<>();
    add(value, addresses);
    return addresses;
  }

  private static void add(Value value, List<String> addresses) throws Unreadable {
    if (addresses.size() > MOST) {
      throw new Unreadable("more than " + MOST + " recipients");
    }
    switch (value) {
      case StringValue text -> {
        for (String part : split(text.text())) {
          addresses.add(address(part));
        }
      }
      case ArrayValue array -> {
        for (Value each : array) {
          add(each, addresses);
        }
      }
      case SetValue set -> {
        for (Value each : set) {
          add(each, addresses);
        }
      }
      case dev.bylaw.value.NullValue _,
          dev.bylaw.value.BooleanValue _,
          dev.bylaw.value.NumberValue _,
          dev.bylaw.value.ObjectValue _ ->
          throw new Unreadable("a recipient that is a " + value.kind().word() + ", not a text");
    }
  }

  private static List<String> split(String text) throws Unreadable {
    if (text.length() > LONGEST) {
      throw new Unreadable("recipients of more than " + LONGEST + " characters");
    }
    if (text.indexOf('"') >= 0 || text.indexOf('(') >= 0 || text.indexOf('\\') >= 0) {
      throw new Unreadable(
          "quotes, comments or backslashes in the address `" + HostName.shorten(text) + "`");
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split("[,;]", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static String address(String text) throws Unreadable {
    String address = text;
    int open = text.indexOf('<');
    if (open >= 0) {
      if (!text.endsWith(">") || text.indexOf('<', open + 1) >= 0 || text.indexOf('@') < open) {
        throw new Unreadable("`" + HostName.shorten(text) + "` is not one address");
      }
      address = text.substring(open + 1, text.length() - 1).strip();
    }
    int at = address.indexOf('@');
    boolean odd =
        at <= 0
            || at != address.lastIndexOf('@')
            || address.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "<>:%!".indexOf(c) >= 0);
    if (odd) {
      throw new Unreadable("`" + HostName.shorten(text) + "` is not one address");
    }
    return address.substring(0, at) + "@" + HostName.canonical(address.substring(at + 1), address);
  }

  /**
   * Whether an address is on a list of {@code name@domain}, {@code @domain}, {@code domain} and
   * {@code *.domain}. Case does not count.
   */
  public static boolean holds(Set<String> list, String address) {
    String plain = address.toLowerCase(Locale.ROOT);
    int at = plain.indexOf('@');
    String domain = plain.substring(at + 1);
    if (list.contains(plain) || list.contains("@" + domain) || list.contains(domain)) {
      return true;
    }
    for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
      if (list.contains("*" + domain.substring(dot))
          || list.contains("@*" + domain.substring(dot))) {
        return true;
      }
    }
    return false;
  }
}
