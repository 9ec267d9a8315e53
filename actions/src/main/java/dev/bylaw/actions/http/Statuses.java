package dev.bylaw.actions.http;

/** What HTTP statuses other than 2xx mean for a failure. */
final class Statuses {
  private Statuses() {}

  /** The failure's stable name. */
  static String code(int status) {
    return switch (status) {
      case 401, 403 -> "not_permitted";
      case 404, 410 -> "not_found";
      case 409 -> "conflict";
      case 408, 504 -> "timeout";
      case 429 -> "rate_limited";
      default ->
          switch (status / 100) {
            case 3 -> "redirected";
            case 4 -> "refused";
            default -> "server_error";
          };
    };
  }

  /** Whether the same call may succeed later. */
  static boolean retryable(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }
}
