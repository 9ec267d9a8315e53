package dev.bylaw.rego.type;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which messages list types. */
enum TypeOrder implements Comparator<Type> {
  INSTANCE;

  @Override
  public int compare(Type a, Type b) {
    int ranks = Integer.compare(rank(a), rank(b));
    if (ranks != 0) {
      return ranks;
    }
    return switch (a) {
      case Type.Basic _ -> 0;
      case Type.Array x -> {
        var y = (Type.Array) b;
        int first = all(x.elements(), y.elements());
        yield first != 0 ? first : optional(x.rest(), y.rest());
      }
      case Type.Obj x -> objects(x, (Type.Obj) b);
      case Type.Set x -> compare(x.member(), ((Type.Set) b).member());
      case Type.Any x -> all(x.types(), ((Type.Any) b).types());
      case Type.Function x -> {
        var y = (Type.Function) b;
        int first = all(x.arguments(), y.arguments());
        yield first != 0 ? first : compare(x.result(), y.result());
      }
    };
  }

  private int objects(Type.Obj x, Type.Obj y) {
    for (int i = 0; i < Math.min(x.properties().size(), y.properties().size()); i++) {
      Type.Property p = x.properties().get(i);
      Type.Property q = y.properties().get(i);
      int keys = p.key().compareTo(q.key());
      int values = keys != 0 ? keys : compare(p.value(), q.value());
      if (values != 0) {
        return values;
      }
    }
    int sizes = Integer.compare(x.properties().size(), y.properties().size());
    if (sizes != 0) {
      return sizes;
    }
    Type.Further f = x.further();
    Type.Further g = y.further();
    if (f == null || g == null) {
      return Boolean.compare(f != null, g != null);
    }
    int keys = compare(f.key(), g.key());
    return keys != 0 ? keys : compare(f.value(), g.value());
  }

  private int optional(@Nullable Type a, @Nullable Type b) {
    return a == null || b == null ? Boolean.compare(a != null, b != null) : compare(a, b);
  }

  private int all(List<Type> a, List<Type> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int one = compare(a.get(i), b.get(i));
      if (one != 0) {
        return one;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int rank(Type type) {
    return switch (type) {
      case Type.Basic b -> b.compareTo(Type.Basic.UNKNOWN);
      case Type.Array _ -> 10;
      case Type.Obj _ -> 11;
      case Type.Set _ -> 12;
      case Type.Any _ -> 13;
      case Type.Function _ -> 14;
    };
  }
}
