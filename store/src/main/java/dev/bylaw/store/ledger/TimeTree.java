package dev.bylaw.store.ledger;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Amounts by millisecond, with the sum of any range in logarithmic time: a treap whose nodes hold
 * the sum of their subtree. Not thread-safe.
 */
final class TimeTree {
  private static final class Node {
    final long at;
    final int priority;
    BigDecimal amount;
    BigDecimal sum;
    @Nullable Node left;
    @Nullable Node right;

    Node(long at, int priority, BigDecimal amount) {
      this.at = at;
      this.priority = priority;
      this.amount = amount;
      this.sum = amount;
    }

    void sumUp() {
      BigDecimal total = amount;
      if (left != null) {
        total = total.add(left.sum);
      }
      if (right != null) {
        total = total.add(right.sum);
      }
      sum = total;
    }
  }

  private final SplittableRandom random = new SplittableRandom(42);
  private @Nullable Node root;
  private int size;

  /** How many milliseconds hold something. */
  int size() {
    return size;
  }

  /** Adds to what a millisecond holds. */
  void add(long at, BigDecimal amount) {
    root = add(root, at, amount);
  }

  /** The sum from one millisecond, inclusive, to another, exclusive. */
  BigDecimal sum(long from, long to) {
    return from >= to ? BigDecimal.ZERO : below(to).subtract(below(from));
  }

  /** Forgets everything before a millisecond. */
  void dropBefore(long at) {
    root = dropBefore(root, at);
    size = count(root);
  }

  /** The sum of everything before a millisecond. */
  private BigDecimal below(long at) {
    BigDecimal total = BigDecimal.ZERO;
    Node here = root;
    while (here != null) {
      if (here.at < at) {
        total = total.add(here.amount);
        if (here.left != null) {
          total = total.add(here.left.sum);
        }
        here = here.right;
      } else {
        here = here.left;
      }
    }
    return total;
  }

  private Node add(@Nullable Node here, long at, BigDecimal amount) {
    if (here == null) {
      size++;
      return new Node(at, random.nextInt(), amount);
    }
    if (at == here.at) {
      here.amount = here.amount.add(amount);
    } else if (at < here.at) {
      Node left = add(here.left, at, amount);
      here.left = left;
      if (left.priority > here.priority) {
        here.left = left.right;
        left.right = here;
        here.sumUp();
        left.sumUp();
        return left;
      }
    } else {
      Node right = add(here.right, at, amount);
      here.right = right;
      if (right.priority > here.priority) {
        here.right = right.left;
        right.left = here;
        here.sumUp();
        right.sumUp();
        return right;
      }
    }
    here.sumUp();
    return here;
  }

  private static @Nullable Node dropBefore(@Nullable Node here, long at) {
    if (here == null) {
      return null;
    }
    if (here.at < at) {
      return dropBefore(here.right, at);
    }
    here.left = dropBefore(here.left, at);
    here.sumUp();
    return here;
  }

  private static int count(@Nullable Node here) {
    return here == null ? 0 : 1 + count(here.left) + count(here.right);
  }
}
