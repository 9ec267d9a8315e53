package dev.bylaw.playbook.template;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A value with references in it. Immutable; rendered any number of times. */
public sealed interface Template {
  /**
   * The value over a scope.
   *
   * @throws TemplateException if a reference has no value, or one that cannot stand where it is
   */
  Value render(Scope scope) throws TemplateException;

  /** Calls for each reference, in the order they are written. */
  void forEachReference(Consumer<Reference> action);

  /**
   * No reference in it.
   *
   * @param value what it is
   */
  record Constant(Value value) implements Template {
    @Override
    public Value render(Scope scope) {
      return value;
    }

    @Override
    public void forEachReference(Consumer<Reference> action) {}
  }

  /**
   * One reference and nothing else: its value keeps its type.
   *
   * @param place what it stands in
   * @param reference what it refers to
   */
  record Whole(TextPlace place, Reference reference) implements Template {
    @Override
    public Value render(Scope scope) throws TemplateException {
      Value value = scope.lookup(reference);
      place.checkWhole(value, reference);
      return value;
    }

    @Override
    public void forEachReference(Consumer<Reference> action) {
      action.accept(reference);
    }
  }

  /**
   * A text with references in it.
   *
   * @param place what it stands in
   * @param parts in order
   */
  record Text(TextPlace place, List<Part> parts) implements Template {
    /** Longer texts are not made. */
    static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    /** A part of a text. */
    public sealed interface Part {
      /**
       * What is written.
       *
       * @param text as it is
       */
      record Literal(String text) implements Part {}

      /**
       * What is put in.
       *
       * @param reference what it refers to
       */
      record Hole(Reference reference) implements Part {}
    }

    public Text {
      parts = List.copyOf(parts);
    }

    @Override
    public Value render(Scope scope) throws TemplateException {
      var out = new StringBuilder(64);
      for (Part part : parts) {
        switch (part) {
          case Part.Literal(String text) -> out.append(text);
          case Part.Hole(Reference reference) ->
              place.append(out, scope.lookup(reference), reference, scope.isVar(reference));
        }
        if (out.length() > MOST_CHARACTERS) {
          throw new TemplateException(
              "the text would be longer than " + MOST_CHARACTERS + " characters");
        }
      }
      place.checkText(out);
      return StringValue.of(out.toString());
    }

    @Override
    public void forEachReference(Consumer<Reference> action) {
      for (Part part : parts) {
        if (part instanceof Part.Hole(Reference reference)) {
          action.accept(reference);
        }
      }
    }
  }

  /**
   * An SQL statement whose references are bind parameters.
   *
   * @param sql with a {@code ?} in place of each reference
   * @param binds what goes there, in order
   */
  record Statement(String sql, List<Reference> binds) implements Template {
    public Statement {
      binds = List.copyOf(binds);
    }

    @Override
    public Value render(Scope scope) {
      return StringValue.of(sql);
    }

    /** The values of the bind parameters, in order. */
    ArrayValue bound(Scope scope) throws TemplateException {
      Value[] values = new Value[binds.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = scope.lookup(binds.get(i));
      }
      return ArrayValue.of(values);
    }

    @Override
    public void forEachReference(Consumer<Reference> action) {
      binds.forEach(action);
    }
  }

  /**
   * A list.
   *
   * @param elements in order
   */
  record Elements(List<Template> elements) implements Template {
    public Elements {
      elements = List.copyOf(elements);
    }

    @Override
    public Value render(Scope scope) throws TemplateException {
      List<Value> values = new ArrayList<>(elements.size());
      for (Template element : elements) {
        values.add(element.render(scope));
      }
      return ArrayValue.of(values);
    }

    @Override
    public void forEachReference(Consumer<Reference> action) {
      elements.forEach(element -> element.forEachReference(action));
    }
  }

  /**
   * An object.
   *
   * @param members in order
   */
  record Members(List<Member> members) implements Template {
    /** The parameter that holds the values of an SQL statement's bind parameters. */
    public static final String BINDS = "binds";

    /** No members. */
    public static final Members NONE = new Members(List.of());

    /**
     * One entry.
     *
     * @param name its key
     * @param template its value
     */
    public record Member(StringValue name, Template template) {}

    public Members {
      members = List.copyOf(members);
    }

    @Override
    public ObjectValue render(Scope scope) throws TemplateException {
      ObjectValue.Builder out = ObjectValue.builder(members.size() + 1);
      for (Member member : members) {
        out.put(member.name(), member.template().render(scope));
        if (member.template() instanceof Statement statement) {
          out.put(BINDS, statement.bound(scope));
        }
      }
      return out.build();
    }

    @Override
    public void forEachReference(Consumer<Reference> action) {
      members.forEach(member -> member.template().forEachReference(action));
    }
  }
}
