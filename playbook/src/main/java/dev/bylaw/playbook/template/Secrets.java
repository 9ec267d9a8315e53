package dev.bylaw.playbook.template;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * References to secrets inside rendered parameters.
 *
 * <p>A reference is the secret's name between two noncharacters of Unicode (U+FDD0 and U+FDD1),
 * which are reserved for the inner use of programs. {@link #clean} takes them out of all data that
 * comes from outside, so that no input, output or answer can forge a reference.
 */
public final class Secrets {
  private static final char OPEN = '\uFDD0';
  private static final char CLOSE = '\uFDD1';
  private static final char REPLACED = '\uFFFD';

  private Secrets() {}

  /** The reference to a secret. */
  public static StringValue reference(String name) {
    return StringValue.of(OPEN + name + CLOSE);
  }

  /** Data from outside, without anything that could be taken for a reference. */
  public static Value clean(Value value) {
    return mapTexts(value, Secrets::cleanText);
  }

  /** {@link #clean(Value)} of an object. */
  public static ObjectValue clean(ObjectValue value) {
    return (ObjectValue) clean((Value) value);
  }

  /** With each reference as people read it: {@code {{secrets.name}}}. */
  public static Value shown(Value value) {
    return mapTexts(value, text -> replace(text, name -> "{{secrets." + name + "}}"));
  }

  /** {@link #shown(Value)} of an object. */
  public static ObjectValue shown(ObjectValue value) {
    return (ObjectValue) shown((Value) value);
  }

  /** The names of the secrets that are referred to. */
  public static Set<String> names(Value value) {
    Set<String> names = new TreeSet<>();
    var _ =
        mapTexts(
            value,
            text ->
                replace(
                    text,
                    name -> {
                      names.add(name);
                      return name;
                    }));
    return names;
  }

  /**
   * With each reference resolved; the last thing before an action is called, and its result goes
   * nowhere else.
   *
   * @param secret the secret of a name; throws where there is none
   */
  public static ObjectValue resolve(ObjectValue value, Function<String, String> secret) {
    return (ObjectValue) mapTexts(value, text -> replace(text, secret));
  }

  /**
   * What people made of parameters that were {@link #shown} to them: a text they left as it was
   * shown is what it was before, with its references; in all other texts there are none.
   */
  public static ObjectValue restore(ObjectValue edited, ObjectValue original) {
    return (ObjectValue) restore((Value) edited, original);
  }

  private static Value restore(Value edited, Value original) {
    return switch (edited) {
      case ObjectValue object when original instanceof ObjectValue before -> {
        ObjectValue.Builder out = ObjectValue.builder(object.size());
        object.forEach((key, value) -> {
          Value old = before.get(key);
          out.put(key, old == null ? clean(value) : restore(value, old));
        });
        yield out.build();
      }
      case ArrayValue array when original instanceof ArrayValue before -> {
        List<Value> out = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
          out.add(i < before.size() ? restore(array.get(i), before.get(i)) : clean(array.get(i)));
        }
        yield ArrayValue.of(out);
      }
      case StringValue _ when edited.equals(shown(original)) -> original;
      case StringValue _, ObjectValue _, ArrayValue _, SetValue _ -> clean(edited);
      case NullValue _, BooleanValue _, NumberValue _ -> edited;
    };
  }

  private static String cleanText(String text) {
    return text.indexOf(OPEN) < 0 && text.indexOf(CLOSE) < 0
        ? text
        : text.replace(OPEN, REPLACED).replace(CLOSE, REPLACED);
  }

  private static String replace(String text, Function<String, String> with) {
    int open = text.indexOf(OPEN);
    if (open < 0) {
      return text;
    }
    var out = new StringBuilder();
    int done = 0;
    while (open >= 0) {
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        break;
      }
      out.append(text, done, open).append(with.apply(text.substring(open + 1, close)));
      done = close + 1;
      open = text.indexOf(OPEN, done);
    }
    return out.append(text, done, text.length()).toString();
  }

  /** The value with each text, keys included, mapped; the same instance where nothing changed. */
  @SuppressWarnings("ReferenceEquality") // what did not change is not copied
  private static Value mapTexts(Value value, UnaryOperator<String> with) {
    return switch (value) {
      case StringValue text -> {
        String mapped = with.apply(text.text());
        yield mapped.equals(text.text()) ? value : StringValue.of(mapped);
      }
      case ArrayValue array -> {
        boolean changed = false;
        Value[] out = new Value[array.size()];
        for (int i = 0; i < out.length; i++) {
          out[i] = mapTexts(array.get(i), with);
          changed |= out[i] != array.get(i);
        }
        yield changed ? ArrayValue.of(out) : array;
      }
      case ObjectValue object -> {
        ObjectValue.@Nullable Builder out = null;
        for (int i = 0; i < object.size(); i++) {
          Value key = mapTexts(object.key(i), with);
          Value member = mapTexts(object.value(i), with);
          if (out == null && (key != object.key(i) || member != object.value(i))) {
            out = ObjectValue.builder(object.size());
            for (int same = 0; same < i; same++) {
              out.put(object.key(same), object.value(same));
            }
          }
          if (out != null) {
            out.put(key, member);
          }
        }
        yield out == null ? object : out.build();
      }
      case SetValue set -> {
        List<Value> members = new ArrayList<>();
        set.forEach(member -> members.add(mapTexts(member, with)));
        yield SetValue.of(members);
      }
      case NullValue _, BooleanValue _, NumberValue _ -> value;
    };
  }
}
