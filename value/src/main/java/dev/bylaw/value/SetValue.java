package dev.bylaw.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set of values; its order is the total order. */
public final class SetValue implements Value, Iterable<Value> {
  /** The empty set. */
  public static final SetValue EMPTY = new SetValue(new Value[0]);

  /** In whatever order they came. */
  private final Value[] members;

  private final int @Nullable [] table;
  private int hash;

  /** In total order; a racing thread works out the same. */
  private volatile Value @Nullable [] sorted;

  private SetValue(Value[] members) {
    this.members = members;
    this.table = HashIndex.build(members, members.length, 1);
  }

  /** The set of the given values; equal ones count once. */
  public static SetValue of(Value... members) {
    return of(Arrays.asList(members));
  }

  /** The set of the given values; equal ones count once. */
  public static SetValue of(Collection<? extends Value> members) {
    if (members.isEmpty()) {
      return EMPTY;
    }
    Collection<? extends Value> distinct =
        members instanceof Set ? members : new LinkedHashSet<>(members);
    return new SetValue(distinct.toArray(new Value[0]));
  }

  /**
   * Takes members one by one; equal ones count once. Not thread-safe.
   *
   * <p>Few members stand in an array and are compared one after the other: most sets that rules
   * make stay so small, and a hash set would be larger than all of them.
   */
  public static final class Builder {
    private static final int AT_FIRST = 4;

    private Value[] few = new Value[AT_FIRST];
    private int count;
    private @Nullable Set<Value> many;

    /**
     * Adds a member.
     *
     * @return whether no equal one was there
     */
    public boolean add(Value member) {
      if (many != null) {
        return many.add(member);
      }
      if (HashIndex.find(member, few, count, 1, null) >= 0) {
        return false;
      }
      if (count == HashIndex.SCANNED) {
        many = new LinkedHashSet<>(Arrays.asList(few));
        return many.add(member);
      }
      if (count == few.length) {
        few = Arrays.copyOf(few, HashIndex.SCANNED);
      }
      few[count++] = member;
      return true;
    }

    /** The set of what was added so far. */
    public SetValue build() {
      if (many != null) {
        return of(many);
      }
      return count == 0 ? EMPTY : new SetValue(Arrays.copyOf(few, count));
    }
  }

  /** How many members there are. */
  public int size() {
    return members.length;
  }

  /** Whether the value is a member. */
  public boolean contains(Value value) {
    return HashIndex.find(value, members, members.length, 1, table) >= 0;
  }

  /**
   * The member at a place in total order.
   *
   * @param index from 0
   */
  public Value sorted(int index) {
    return sorted()[index];
  }

  /** The members in total order, unmodifiable. */
  public List<Value> members() {
    return Collections.unmodifiableList(Arrays.asList(sorted()));
  }

  /** In total order. */
  @Override
  public Iterator<Value> iterator() {
    return members().iterator();
  }

  private Value[] sorted() {
    Value[] known = sorted;
    if (known == null) {
      known = members.clone();
      Arrays.sort(known);
      sorted = known;
    }
    return known;
  }

  @Override
  public Kind kind() {
    return Kind.SET;
  }

  @Override
  public Set<@Nullable Object> toJava() {
    Set<@Nullable Object> set = LinkedHashSet.newLinkedHashSet(members.length);
    for (Value member : sorted()) {
      set.add(member.toJava());
    }
    return Collections.unmodifiableSet(set);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof SetValue that)
        || members.length != that.members.length
        || hashCode() != that.hashCode()) {
      return false;
    }
    for (Value member : members) {
      if (!that.contains(member)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 19;
      for (Value member : members) {
        known += member.hashCode() * 0xC2B2AE35;
      }
      hash = known;
    }
    return known;
  }

  /** The set as a JSON array, in total order. */
  @Override
  public String toString() {
    return Json.write(this);
  }
}
