package dev.bylaw.playbook.template;

/** A template cannot be rendered over this scope; the message says why, in one line. */
public final class TemplateException extends Exception {
  TemplateException(String message) {
    super(message, null, false, false);
  }
}
