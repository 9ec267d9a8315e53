package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.schema.SchemaDeclarations.ActionDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.AppliesTo;
import dev.bylaw.cedar.schema.SchemaDeclarations.CommonType;
import dev.bylaw.cedar.schema.SchemaDeclarations.EntityDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.Namespace;
import dev.bylaw.cedar.schema.SchemaDeclarations.TypeExpr;
import dev.bylaw.cedar.value.CedarText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes declarations in Cedar's schema language. */
public final class SchemaPrinter {
  private final StringBuilder out = new StringBuilder();

  private SchemaPrinter() {}

  /** The text of a schema, with a line break at the end. */
  public static String text(SchemaDeclarations schema) {
    var printer = new SchemaPrinter();
    schema.byName().namespaces().forEach(printer::namespace);
    return printer.out.toString();
  }

  private void namespace(Namespace namespace) {
    if (!out.isEmpty()) {
      out.append('\n');
    }
    boolean named = !namespace.name().isEmpty();
    String indent = named ? "  " : "";
    if (named) {
      annotations(namespace.annotations(), "");
      out.append("namespace ").append(namespace.name()).append(" {\n");
    }
    boolean first = true;
    for (CommonType type : namespace.commonTypes()) {
      first = separate(first);
      annotations(type.annotations(), indent);
      out.append(indent).append("type ").append(type.name()).append(" = ");
      type(type.type(), indent);
      out.append(";\n");
    }
    for (EntityDeclaration entity : namespace.entities()) {
      first = separate(first);
      entity(entity, indent);
    }
    for (ActionDeclaration action : namespace.actions()) {
      first = separate(first);
      action(action, indent);
    }
    out.append(named ? "}\n" : "");
  }

  private boolean separate(boolean first) {
    out.append(first ? "" : "\n");
    return false;
  }

  private void annotations(Map<String, String> annotations, String indent) {
    annotations.forEach((key, value) -> {
      out.append(indent).append('@').append(key);
      out.append('(').append(CedarText.quote(value)).append(")\n");
    });
  }

  private void entity(EntityDeclaration entity, String indent) {
    annotations(entity.annotations(), indent);
    out.append(indent).append(entity.external() ? "external " : "");
    out.append("entity ").append(entity.name());
    if (entity.choices() != null) {
      out.append(
          entity.choices().stream()
              .map(CedarText::quote)
              .collect(Collectors.joining(", ", " enum [", "]")));
    }
    if (!entity.parents().isEmpty()) {
      out.append(" in ").append(names(entity.parents()));
    }
    if (!(entity.shape() instanceof TypeExpr.RecordOf(var attributes, _) && attributes.isEmpty())) {
      out.append(" = ");
      type(entity.shape(), indent);
    }
    if (entity.tags() != null) {
      out.append(" tags ");
      type(entity.tags(), indent);
    }
    out.append(";\n");
  }

  private static String names(List<NameRef> names) {
    return names.stream().map(NameRef::name).collect(Collectors.joining(", ", "[", "]"));
  }

  private void action(ActionDeclaration action, String indent) {
    annotations(action.annotations(), indent);
    out.append(indent).append(action.external() ? "external " : "");
    out.append("action ").append(CedarText.quote(action.name()));
    if (!action.parents().isEmpty()) {
      out.append(" in ");
      out.append(
          action.parents().stream()
              .map(SchemaPrinter::reference)
              .collect(Collectors.joining(", ", "[", "]")));
    }
    AppliesTo appliesTo = action.appliesTo();
    if (appliesTo != null
        && !appliesTo.principals().isEmpty()
        && !appliesTo.resources().isEmpty()) {
      out.append(" appliesTo {\n");
      out.append(indent).append("  principal: ").append(names(appliesTo.principals()));
      out.append(",\n").append(indent).append("  resource: ");
      out.append(names(appliesTo.resources())).append(",\n").append(indent).append("  context: ");
      boolean nothing =
          appliesTo.context() instanceof TypeExpr.RecordOf(var attributes, _)
              && attributes.isEmpty();
      if (nothing) {
        out.append("{}");
      } else {
        type(appliesTo.context(), indent + "  ");
      }
      out.append('\n').append(indent).append('}');
    }
    out.append(";\n");
  }

  private static String reference(ActionRef action) {
    String type = action.type() == null ? "Action" : action.type();
    return type + "::" + CedarText.quote(action.id());
  }

  private void type(TypeExpr type, String indent) {
    switch (type) {
      case TypeExpr.Named(var name, var kind, _) -> {
        String word =
            kind == SchemaDeclarations.NameKind.PRIMITIVE && name.equals("Boolean") ? "Bool" : name;
        boolean builtin =
            kind == SchemaDeclarations.NameKind.PRIMITIVE
                || kind == SchemaDeclarations.NameKind.EXTENSION;
        out.append(builtin ? "__cedar::" + word : word);
      }
      case TypeExpr.SetOf(var element, _) -> {
        out.append("Set<");
        type(element, indent);
        out.append('>');
      }
      case TypeExpr.RecordOf(var attributes, _) -> {
        String inner = indent + "  ";
        out.append('{');
        String separator = "\n";
        for (var attribute : SchemaDeclarations.byName(attributes)) {
          out.append(separator);
          annotations(attribute.annotations(), inner);
          String name = attribute.name();
          boolean word = CedarText.isIdentifier(name) && !CedarText.isReserved(name);
          out.append(inner).append(word ? name : CedarText.quote(name));
          out.append(attribute.required() ? ": " : "?: ");
          type(attribute.type(), inner);
          separator = ",\n";
        }
        out.append(attributes.isEmpty() ? "  " : "\n" + indent).append('}');
      }
    }
  }
}
