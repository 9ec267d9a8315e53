package dev.bylaw.store;

import dev.bylaw.store.sql.Session;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;

/** Named values of an identity: what the console or the runtime keeps that is no file in Git. */
public final class Settings extends SettingQueries {
  Settings(Session session) {
    super(session);
  }

  /** Sets a value. */
  public void put(String identity, String name, Value value) {
    session.update(
        "INSERT INTO setting (identity, name, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (identity, name) DO UPDATE SET value = excluded.value",
        identity,
        name,
        Json.write(value));
  }

  /** Removes a value. */
  public void remove(String identity, String name) {
    session.update("DELETE FROM setting WHERE identity = ? AND name = ?", identity, name);
  }
}
