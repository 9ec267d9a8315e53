package dev.bylaw.actions.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A database's own way of writing SQL. */
@SuppressWarnings("ImmutableEnumChecker") // lists and sets are copies
public enum Dialect {
  /** SQLite: identifiers also in back-ticks and brackets, names without case. */
  SQLITE(
      "jdbc:sqlite:",
      "",
      """
      -> ->> || << >> <= >= <> != == + - * / % < > = & | ~\
      """,
      """
      total group_concat string_agg ifnull iif if typeof sign hex unhex unicode char quote glob like
      likely unlikely instr date time datetime julianday strftime unixepoch timediff json json_array
      json_array_length json_extract json_object json_quote json_type json_valid json_group_array
      json_group_object json_each json_tree json_patch json_set json_insert json_replace json_remove
      log log10 log2 median percentile\
      """),

  /** PostgreSQL: names are folded to lower case unless quoted. */
  POSTGRESQL(
      "jdbc:postgresql:",
      "pg_catalog",
      """
      :: -> ->> #> #>> @> <@ || !~* !~ ~* ~ <= >= <> != + - * / % ^ < > = & |\
      """,
      """
      date_trunc date_part date_bin now age to_char to_date to_timestamp to_number make_date make_time
      make_timestamp make_interval justify_days justify_hours clock_timestamp statement_timestamp
      transaction_timestamp array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg
      json_build_object jsonb_build_object json_build_array jsonb_build_array to_json to_jsonb
      row_to_json json_array_length jsonb_array_length json_array_elements jsonb_array_elements
      json_array_elements_text jsonb_array_elements_text json_each jsonb_each json_each_text
      jsonb_each_text json_object_keys jsonb_object_keys json_typeof jsonb_typeof json_extract_path
      jsonb_extract_path json_extract_path_text jsonb_extract_path_text jsonb_set jsonb_strip_nulls
      bool_and bool_or every bit_and bit_or stddev stddev_pop stddev_samp variance var_pop var_samp
      corr percentile_cont percentile_disc mode greatest least char_length character_length
      octet_length bit_length initcap split_part strpos starts_with regexp_replace regexp_match
      regexp_matches regexp_split_to_array ln log cbrt div gcd lcm width_bucket unnest array_length
      array_position array_to_string string_to_array cardinality md5 sha256 encode decode ascii chr
      translate overlay position gen_random_uuid\
      """);

  private static final Set<String> COMMON_FUNCTIONS =
      words(
          """
          count sum avg min max abs coalesce nullif round lower upper length trim ltrim rtrim
          replace substr substring concat concat_ws left right reverse ceil ceiling floor power pow
          sqrt exp mod trunc sin cos tan row_number rank dense_rank percent_rank cume_dist ntile lag
          lead first_value last_value nth_value\
          """);

  private final String urlStart;
  private final String ownSchema;
  private final List<String> operators;
  private final Set<String> functions;

  Dialect(String urlStart, String ownSchema, String operators, String functions) {
    this.urlStart = urlStart;
    this.ownSchema = ownSchema;
    this.operators =
        words(operators).stream()
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .toList();
    this.functions = words(functions);
  }

  /** The dialect of a JDBC URL. */
  public static Optional<Dialect> ofUrl(String url) {
    return Arrays.stream(values()).filter(dialect -> url.startsWith(dialect.urlStart)).findFirst();
  }

  /** The name in messages: {@code sqlite}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String urlStart() {
    return urlStart;
  }

  /** The schema that the database's own functions may be called by; empty if there is none. */
  String ownSchema() {
    return ownSchema;
  }

  /** The operators that are known to be the database's own, longest first. */
  List<String> operators() {
    return operators;
  }

  /** Whether a function is known to change, wait for, open and enlarge nothing. */
  boolean allowsFunction(String name) {
    return COMMON_FUNCTIONS.contains(name) || functions.contains(name);
  }

  /** The name that an identifier stands for. */
  String fold(String identifier, boolean quoted) {
    return quoted && this == POSTGRESQL ? identifier : Ascii.lower(identifier);
  }

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
  }
}
