package dev.bylaw.rego.check;

/** OPA's codes of compile-time mistakes. */
public final class Codes {
  public static final String COMPILE = "rego_compile_error";
  public static final String TYPE = "rego_type_error";
  public static final String UNSAFE = "rego_unsafe_var_error";
  public static final String RECURSION = "rego_recursion_error";

  private Codes() {}
}
