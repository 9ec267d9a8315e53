package dev.bylaw.actions.sql;

/**
 * A credential's user and password at one database; its text never shows the password.
 *
 * @param credential the credential's id in {@code bylaw.yaml}
 * @param user the database's user
 * @param password its password; may be empty
 * @param write whether the user may change rows
 */
public record Login(String credential, String user, String password, boolean write) {
  @Override
  public String toString() {
    return "Login[credential=" + credential + ", write=" + write + "]";
  }
}
