package dev.bylaw.cedar.authorize;

/** Whether the request is allowed. */
public enum Decision {
  ALLOW,
  DENY
}
