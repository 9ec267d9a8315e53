package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Addresses and blocks of them (CIDR). */
final class Networks {
  private static final int MOST_EXPANDED = 1 << 20;
  private static final int MOST_CACHED = 1_000;
  private static final ConcurrentHashMap<String, Block> BLOCKS = new ConcurrentHashMap<>();

  private Networks() {}

  /** A block: its first address, how many bits are fixed, of how many. */
  private record Block(BigInteger first, int prefix, int bits) {
    BigInteger last() {
      return first.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
    }

    boolean contains(Block other) {
      if (bits == 32 && other.bits == 32) {
        return contains(other.first.longValue(), other.prefix);
      }
      return bits == other.bits
          && first.compareTo(other.first) <= 0
          && last().compareTo(other.last()) >= 0;
    }

    /** Whether a block of version 4 contains another. */
    boolean contains(long otherFirst, int otherPrefix) {
      return prefix <= otherPrefix && (first.longValue() ^ otherFirst) >>> (32 - prefix) == 0;
    }

    String text() {
      return address(first, bits) + "/" + prefix;
    }
  }

  static String address(BigInteger n, int bits) {
    byte[] raw = n.toByteArray();
    byte[] bytes = new byte[bits / 8];
    for (int i = 0; i < bytes.length; i++) {
      int from = raw.length - 1 - i;
      bytes[bytes.length - 1 - i] = from >= 0 ? raw[from] : 0;
    }
    return text(bytes);
  }

  /** An address as Go writes it: of version 6 with the longest run of zeros left out. */
  static String text(byte[] bytes) {
    if (bytes.length == 4) {
      return (bytes[0] & 0xff)
          + "."
          + (bytes[1] & 0xff)
          + "."
          + (bytes[2] & 0xff)
          + "."
          + (bytes[3] & 0xff);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
    }
    int best = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        best = i;
        length = end - i;
      }
    }
    var out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        out.append("::");
        i += length - 1;
        continue;
      }
      if (!out.isEmpty() && !out.toString().endsWith(":")) {
        out.append(':');
      }
      out.append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }

  /** The bytes of an address without looking a name up, or null. */
  static byte @Nullable [] bytes(String text) {
    if (text.indexOf(':') < 0) {
      return fourBytes(text);
    }
    if (!text.matches("[0-9a-fA-F:.]{2,45}") || text.matches(".*[0-9a-fA-F]{5}.*")) {
      return null;
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return bytes;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The bytes of four decimal numbers up to 255 with dots between, or null. */
  private static byte @Nullable [] fourBytes(String text) {
    byte[] bytes = new byte[4];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int start = at;
      int n = 0;
      while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
        n = n * 10 + text.charAt(at++) - '0';
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      boolean ended = i == 3 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
      if (at == start || leadingZero || n > 255 || !ended) {
        return null;
      }
      bytes[i] = (byte) n;
      at++;
    }
    return bytes;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Policies ask about the same few blocks again and again. */
  private static Block block(String text) {
    Block known = BLOCKS.get(text);
    if (known != null) {
      return known;
    }
    Block found = blockOrNull(text);
    if (found == null) {
      throw BuiltinFailure.error("invalid CIDR address: " + text);
    }
    if (BLOCKS.size() >= MOST_CACHED) {
      BLOCKS.clear();
    }
    BLOCKS.put(text, found);
    return found;
  }

  private static @Nullable Block blockOrNull(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return null;
    }
    String size = text.substring(slash + 1);
    byte[] bytes = bytes(text.substring(0, slash));
    if (bytes == null
        || size.isEmpty()
        || size.length() > 9
        || !size.chars().allMatch(c -> isDigit((char) c))) {
      return null;
    }
    int bits = bytes.length * 8;
    int prefix = Integer.parseInt(size);
    boolean mapped = bits == 32 && text.indexOf(':') >= 0;
    if (mapped) {
      // An address of version 4 written as one of version 6: so is its block, if it is small
      // enough.
      prefix -= 96;
    }
    if (prefix > bits || prefix < 0) {
      return null;
    }
    BigInteger mask = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
    return new Block(new BigInteger(1, bytes).andNot(mask), prefix, bits);
  }

  /** A block, or a single address as one. */
  private static Block either(String text) {
    byte[] bytes = bytes(text);
    if (bytes != null) {
      return new Block(new BigInteger(1, bytes), bytes.length * 8, bytes.length * 8);
    }
    Block found = blockOrNull(text);
    if (found == null) {
      throw BuiltinFailure.error(
          "not a valid textual representation of an IP address or CIDR: " + text);
    }
    return found;
  }

  static Value contains(BuiltinContext c, Value a, Value b) {
    String outer = Operands.string(a, 1);
    // OPA blames the first operand for either.
    String inner = Operands.string(b, 1);
    Block block = block(outer);
    long plain = block.bits == 32 ? PlainAddress.of(inner) : PlainAddress.NONE;
    return BooleanValue.of(
        plain == PlainAddress.NONE
            ? block.contains(either(inner))
            : block.contains(PlainAddress.address(plain), PlainAddress.prefix(plain)));
  }

  static Value intersects(BuiltinContext c, Value a, Value b) {
    Block x = block(Operands.string(a, 1));
    // OPA blames the first operand for either.
    Block y = block(Operands.string(b, 1));
    return BooleanValue.of(x.contains(y) || y.contains(x));
  }

  static Value isValid(BuiltinContext c, Value a) {
    return BooleanValue.of(a instanceof StringValue s && blockOrNull(s.text()) != null);
  }

  static Value expand(BuiltinContext c, Value a) {
    Block block = block(Operands.string(a, 1));
    if (block.bits - block.prefix > 20) {
      throw BuiltinFailure.error("block of more than " + MOST_EXPANDED + " addresses");
    }
    List<Value> all = new ArrayList<>();
    for (BigInteger n = block.first; n.compareTo(block.last()) <= 0; n = n.add(BigInteger.ONE)) {
      c.tick();
      all.add(StringValue.of(address(n, block.bits)));
    }
    return SetValue.of(all);
  }

  static Value containsMatches(BuiltinContext c, Value a, Value b) {
    List<Value> found = new ArrayList<>();
    List<Value[]> inner = keyed(b);
    for (Value[] x : keyed(a)) {
      Value outer = cidr(x[1], 1);
      for (Value[] y : inner) {
        c.tick();
        if (contains(c, outer, cidr(y[1], 2)).equals(BooleanValue.TRUE)) {
          found.add(ArrayValue.of(x[0], y[0]));
        }
      }
    }
    return SetValue.of(found);
  }

  /** Each element with what it is called: its index, key or itself. */
  private static List<Value[]> keyed(Value v) {
    List<Value[]> all = new ArrayList<>();
    switch (v) {
      case StringValue s -> all.add(new Value[] {s, s});
      case ArrayValue x -> {
        for (int i = 0; i < x.size(); i++) {
          all.add(new Value[] {NumberValue.of(i), x.get(i)});
        }
      }
      case SetValue x -> x.forEach(m -> all.add(new Value[] {m, m}));
      case ObjectValue x -> {
        for (int i = 0; i < x.size(); i++) {
          all.add(new Value[] {x.sortedKey(i), x.sortedValue(i)});
        }
      }
      default -> {}
    }
    return all;
  }

  private static Value cidr(Value v, int position) {
    if (v instanceof StringValue) {
      return v;
    }
    if (v instanceof ArrayValue x && x.size() > 0) {
      return x.get(0);
    }
    throw BuiltinFailure.error(
        "operand " + position + ": element must be string or non-empty array");
  }

  static Value merge(BuiltinContext c, Value a) {
    if (!(a instanceof ArrayValue) && !(a instanceof SetValue)) {
      throw BuiltinFailure.error("operand must be an array");
    }
    List<Block> blocks = new ArrayList<>();
    for (Value v : Operands.collection(a, 1)) {
      if (!(v instanceof StringValue written)) {
        throw BuiltinFailure.error("element must be string");
      }
      String text = written.text();
      byte[] bytes = bytes(text);
      if (bytes != null && bytes.length == 16) {
        throw BuiltinFailure.error("IPv6 invalid: needs prefix length");
      }
      blocks.add(bytes == null ? block(text) : classful(bytes));
    }
    List<Value> merged = new ArrayList<>();
    for (int bits : new int[] {32, 128}) {
      List<BigInteger[]> ranges = new ArrayList<>();
      blocks.stream()
          .filter(b -> b.bits == bits)
          .sorted(Comparator.comparing(Block::first))
          .forEach(b -> join(ranges, b));
      ranges.forEach(r -> cover(r[0], r[1], bits, merged));
    }
    return SetValue.of(merged);
  }

  /** An address without a prefix length has that of its class. */
  private static Block classful(byte[] b) {
    int first = b[0] & 0xff;
    int prefix = first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : 32;
    BigInteger mask = BigInteger.ONE.shiftLeft(32 - prefix).subtract(BigInteger.ONE);
    return new Block(new BigInteger(1, b).andNot(mask), prefix, 32);
  }

  private static void join(List<BigInteger[]> ranges, Block b) {
    if (!ranges.isEmpty()) {
      BigInteger[] last = ranges.getLast();
      if (b.first.compareTo(last[1].add(BigInteger.ONE)) <= 0) {
        last[1] = last[1].max(b.last());
        return;
      }
    }
    ranges.add(new BigInteger[] {b.first, b.last()});
  }

  private static void cover(BigInteger from, BigInteger to, int bits, List<Value> into) {
    BigInteger here = from;
    while (here.compareTo(to) <= 0) {
      int size = here.signum() == 0 ? bits : here.getLowestSetBit();
      while (here.add(BigInteger.ONE.shiftLeft(size)).subtract(BigInteger.ONE).compareTo(to) > 0) {
        size--;
      }
      into.add(StringValue.of(new Block(here, bits - size, bits).text()));
      here = here.add(BigInteger.ONE.shiftLeft(size));
    }
  }

  static Value lookup(BuiltinContext c, Value a) {
    String name = Operands.string(a, 1);
    if (!c.mayConnect(name)) {
      throw BuiltinFailure.error("look-up of " + name + " is not allowed");
    }
    try {
      List<Value> all = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(name)) {
        all.add(StringValue.of(text(address.getAddress())));
      }
      return SetValue.of(all);
    } catch (UnknownHostException e) {
      throw BuiltinFailure.error("lookup " + name + ": no such host");
    }
  }
}
