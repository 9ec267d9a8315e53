package dev.bylaw.rego.template;

/** A template that cannot be read, or that cannot be filled in with what it is given. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super("template: template:" + message, null, false, false);
  }
}
