package dev.bylaw.rego.builtin;

import dev.bylaw.rego.builtin.Builtin.F0;
import dev.bylaw.rego.builtin.Builtin.F1;
import dev.bylaw.rego.builtin.Builtin.F2;
import dev.bylaw.rego.builtin.Builtin.F3;
import dev.bylaw.rego.builtin.Builtin.FN;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The table of builtins: those of OPA 1.22, by family, each with its type.
 *
 * <p>In types {@code a|b} is either, {@code array[t]} an array of t, {@code [a, b]} one of exactly
 * these, {@code object{k: t, [a]: b}} an object with a key k and others from a to b.
 */
public final class Builtins {
  /** All, by name. */
  public static final Map<String, Builtin> ALL = table();

  private Builtins() {}

  private static Map<String, Builtin> table() {
    Map<String, Builtin> all = new TreeMap<>();
    Stream.of(
            comparison(),
            numbers(),
            collections(),
            sets(),
            objects(),
            strings(),
            patterns(),
            encodings(),
            schemas(),
            times(),
            forms(),
            networks(),
            cryptography(),
            runtime())
        .flatMap(List::stream)
        .forEach(b -> {
          if (all.put(b.name(), b) != null) {
            throw new IllegalStateException("two builtins " + b.name());
          }
        });
    return java.util.Collections.unmodifiableMap(all);
  }

  private static Builtin f0(String name, String type, F0 body) {
    return new Builtin(name, type, 0, true, body);
  }

  private static Builtin f1(String name, String type, F1 body) {
    return new Builtin(name, type, 1, true, body);
  }

  private static Builtin f2(String name, String type, F2 body) {
    return new Builtin(name, type, 2, true, body);
  }

  private static Builtin f3(String name, String type, F3 body) {
    return new Builtin(name, type, 3, true, body);
  }

  private static Builtin fn(int arity, String name, String type, FN body) {
    return new Builtin(name, type, arity, true, body);
  }

  /** One that may give something else the next time. */
  private static Builtin unsteady(Builtin b) {
    return new Builtin(b.name(), b.signature(), b.arity(), false, b.body());
  }

  private static List<Builtin> comparison() {
    return List.of(
        f2("assign", "any, any -> boolean", Comparisons::equal),
        f2("eq", "any, any -> boolean", Comparisons::equal),
        f2("equal", "any, any -> boolean", Comparisons::equal),
        f2("gt", "any, any -> boolean", Comparisons::greater),
        f2("gte", "any, any -> boolean", Comparisons::greaterOrEqual),
        f2("internal.member_2", "any, any -> boolean", Comparisons::member),
        f3("internal.member_3", "any, any, any -> boolean", Comparisons::memberAt),
        f2("lt", "any, any -> boolean", Comparisons::less),
        f2("lte", "any, any -> boolean", Comparisons::lessOrEqual),
        f2("neq", "any, any -> boolean", Comparisons::notEqual),
        f1("walk", "any -> [array[any], any]", Comparisons::walk));
  }

  private static List<Builtin> numbers() {
    return List.of(
        f1("abs", "number -> number", Numbers::abs),
        f2("bits.and", "number, number -> number", Numbers::and),
        f2("bits.lsh", "number, number -> number", Numbers::left),
        f1("bits.negate", "number -> number", Numbers::negate),
        f2("bits.or", "number, number -> number", Numbers::or),
        f2("bits.rsh", "number, number -> number", Numbers::right),
        f2("bits.xor", "number, number -> number", Numbers::xor),
        f1("ceil", "number -> number", Numbers::ceil),
        f2("div", "number, number -> number", Numbers::divide),
        f1("floor", "number -> number", Numbers::floor),
        f2("format_int", "number, number -> string", Numbers::formatInt),
        f2("minus", "number|set[any], number|set[any] -> number|set[any]", Numbers::minus),
        f2("mul", "number, number -> number", Numbers::times),
        f2("numbers.range", "number, number -> array[number]", Numbers::range),
        f3("numbers.range_step", "number, number, number -> array[number]", Numbers::rangeStep),
        f2("plus", "number, number -> number", Numbers::plus),
        f1("product", "array[number]|set[number] -> number", Numbers::product),
        unsteady(f2("rand.intn", "string, number -> number", Numbers::random)),
        f2("rem", "number, number -> number", Numbers::remainder),
        f1("round", "number -> number", Numbers::round),
        f1("sum", "array[number]|set[number] -> number", Numbers::sum),
        f1("to_number", "null|boolean|number|string -> number", Numbers::toNumber));
  }

  private static List<Builtin> collections() {
    return List.of(
        f1("all", "array[any]|set[any] -> boolean", Collections::all),
        f1("any", "array[any]|set[any] -> boolean", Collections::any),
        f2("array.concat", "array[any], array[any] -> array[any]", Collections::concat),
        f1("array.flatten", "array[any] -> array[any]", Collections::flatten),
        f1("array.reverse", "array[any] -> array[any]", Collections::reverse),
        f3("array.slice", "array[any], number, number -> array[any]", Collections::slice),
        f1("cast_array", "any -> array[any]", Collections::castArray),
        f1("cast_boolean", "any -> boolean", Collections.cast(Value.Kind.BOOLEAN)),
        f1("cast_null", "any -> null", Collections::toNull),
        f1("cast_object", "any -> object{[any]: any}", Collections.cast(Value.Kind.OBJECT)),
        f1("cast_set", "any -> set[any]", Collections::castSet),
        f1("cast_string", "any -> string", Collections.cast(Value.Kind.STRING)),
        f1("count", "string|array[any]|object{[any]: any}|set[any] -> number", Collections::count),
        f2(
            "graph.reachable",
            "object{[any]: array[any]|set[any]}, array[any]|set[any] -> set[any]",
            Collections::reachable),
        f2(
            "graph.reachable_paths",
            "object{[any]: array[any]|set[any]}, array[any]|set[any] -> set[array[any]]",
            Collections::reachablePaths),
        f1("is_array", "any -> boolean", Collections.is(Value.Kind.ARRAY)),
        f1("is_boolean", "any -> boolean", Collections.is(Value.Kind.BOOLEAN)),
        f1("is_null", "any -> boolean", Collections.is(Value.Kind.NULL)),
        f1("is_number", "any -> boolean", Collections.is(Value.Kind.NUMBER)),
        f1("is_object", "any -> boolean", Collections.is(Value.Kind.OBJECT)),
        f1("is_set", "any -> boolean", Collections.is(Value.Kind.SET)),
        f1("is_string", "any -> boolean", Collections.is(Value.Kind.STRING)),
        f1("max", "array[any]|set[any] -> any", Collections::max),
        f1("min", "array[any]|set[any] -> any", Collections::min),
        f1("sort", "array[any]|set[any] -> array[any]", Collections::sort),
        f1("type_name", "any -> string", Collections::typeName));
  }

  private static List<Builtin> sets() {
    return List.of(
        f2("and", "set[any], set[any] -> set[any]", Sets::and),
        f1("intersection", "set[set[any]] -> set[any]", Sets::intersection),
        f2("or", "set[any], set[any] -> set[any]", Sets::or),
        f2("set_diff", "set[any], set[any] -> set[any]", Sets::difference),
        f1("union", "set[set[any]] -> set[any]", Sets::union));
  }

  private static List<Builtin> objects() {
    return List.of(
        f2(
            "json.filter",
            "object{[any]: any}, array[string|array[any]]|set[string|array[any]] -> object{[any]:"
                + " any}",
            Objects::jsonFilter),
        f2(
            "json.remove",
            "object{[any]: any}, array[string|array[any]]|set[string|array[any]] -> object{[any]:"
                + " any}",
            Objects::jsonRemove),
        f2(
            "object.filter",
            "object{[any]: any}, array[any]|object{[any]: any}|set[any] -> object{[any]: any}",
            Objects::filter),
        f3("object.get", "object{[any]: any}, any, any -> any", Objects::get),
        f1("object.keys", "object{[any]: any} -> set[any]", Objects::keys),
        f2(
            "object.remove",
            "object{[any]: any}, array[any]|object{[any]: any}|set[any] -> object{[any]: any}",
            Objects::remove),
        f2(
            "object.subset",
            "array[any]|object{[any]: any}|set[any], array[any]|object{[any]: any}|set[any] ->"
                + " boolean",
            Objects::subset),
        f2(
            "object.union",
            "object{[any]: any}, object{[any]: any} -> object{[any]: any}",
            Objects::union),
        f1("object.union_n", "array[object{[any]: any}] -> object{[any]: any}", Objects::unionN),
        f2(
            "json.patch",
            "any, array[object{op: string, path: any, [any]: any}] -> any",
            JsonPatch::patch));
  }

  private static List<Builtin> strings() {
    return List.of(
        f2("concat", "string, array[string]|set[string] -> string", Strings::concat),
        f2("contains", "string, string -> boolean", Strings::contains),
        f2("endswith", "string, string -> boolean", Strings::endsWith),
        f2("indexof", "string, string -> number", Strings::indexOf),
        f2("indexof_n", "string, string -> array[number]", Strings::indexOfN),
        f1("internal.template_string", "array[any] -> string", Strings::template),
        f1("lower", "string -> string", Strings::lower),
        f3("replace", "string, string, string -> string", Strings::replace),
        f2("split", "string, string -> array[string]", Strings::split),
        f2("startswith", "string, string -> boolean", Strings::startsWith),
        f2(
            "strings.any_prefix_match",
            "string|array[string]|set[string], string|array[string]|set[string] -> boolean",
            Strings::anyPrefix),
        f2(
            "strings.any_suffix_match",
            "string|array[string]|set[string], string|array[string]|set[string] -> boolean",
            Strings::anySuffix),
        f2("strings.count", "string, string -> number", Strings::count),
        f2("strings.replace_n", "object{[string]: string}, string -> string", Strings::replaceN),
        f1("strings.reverse", "string -> string", Strings::reverse),
        f3("strings.split_n", "string, string, number -> array[string]", Strings::splitN),
        f3("substring", "string, number, number -> string", Strings::substring),
        f2("trim", "string, string -> string", Strings::trim),
        f2("trim_left", "string, string -> string", Strings::trimLeft),
        f2("trim_prefix", "string, string -> string", Strings::trimPrefix),
        f2("trim_right", "string, string -> string", Strings::trimRight),
        f1("trim_space", "string -> string", Strings::trimSpace),
        f2("trim_suffix", "string, string -> string", Strings::trimSuffix),
        f1("upper", "string -> string", Strings::upper),
        f2("sprintf", "string, array[any] -> string", Sprintf::format),
        f2(
            "strings.render_template",
            "string, object{[string]: any} -> string",
            GoTemplates::render));
  }

  private static List<Builtin> patterns() {
    return List.of(
        f2("re_match", "string, string -> boolean", Regexes::match),
        f3(
            "regex.find_all_string_submatch_n",
            "string, string, number -> array[array[string]]",
            Regexes::findAllSubmatch),
        f3("regex.find_n", "string, string, number -> array[string]", Regexes::findN),
        f1("regex.is_valid", "string -> boolean", Regexes::isValid),
        f2("regex.match", "string, string -> boolean", Regexes::match),
        f3("regex.replace", "string, string, string -> string", Regexes::replace),
        f2("regex.split", "string, string -> array[string]", Regexes::split),
        fn(
            4,
            "regex.template_match",
            "string, string, string, string -> boolean",
            Regexes::templateMatch),
        f2("regex.globs_match", "string, string -> boolean", GlobOverlap::match),
        f3("glob.match", "string, null|array[string], string -> boolean", Globs::match),
        f1("glob.quote_meta", "string -> string", Globs::quoteMeta));
  }

  private static List<Builtin> encodings() {
    return List.of(
        f1("base64.decode", "string -> string", Encodings::base64Decode),
        f1("base64.encode", "string -> string", Encodings::base64Encode),
        f1("base64.is_valid", "string -> boolean", Encodings::base64IsValid),
        f1("base64url.decode", "string -> string", Encodings::base64UrlDecode),
        f1("base64url.encode", "string -> string", Encodings::base64UrlEncode),
        f1("base64url.encode_no_pad", "string -> string", Encodings::base64UrlEncodeNoPad),
        f1("hex.decode", "string -> string", Encodings::hexDecode),
        f1("hex.encode", "string -> string", Encodings::hexEncode),
        f1("json.is_valid", "string -> boolean", Encodings::jsonIsValid),
        f1("json.marshal", "any -> string", Encodings::jsonMarshal),
        f2(
            "json.marshal_with_options",
            "any, object{indent: string, prefix: string, pretty: boolean, [string]: any} -> string",
            Encodings::jsonMarshalWithOptions),
        f1("json.unmarshal", "string -> any", Encodings::jsonUnmarshal),
        f1("urlquery.decode", "string -> string", Encodings::urlDecode),
        f1(
            "urlquery.decode_object",
            "string -> object{[string]: array[string]}",
            Encodings::urlDecodeObject),
        f1("urlquery.encode", "string -> string", Encodings::urlEncode),
        f1(
            "urlquery.encode_object",
            "object{[string]: string|array[string]|set[string]} -> string",
            Encodings::urlEncodeObject),
        f1("yaml.is_valid", "string -> boolean", Yaml::isValid),
        f1("yaml.marshal", "any -> string", Yaml::marshal),
        f1("yaml.unmarshal", "string -> any", Yaml::unmarshal),
        f1("uri.is_valid", "string -> boolean", Uris::isValid),
        f1("uri.parse", "string -> object{[string]: string}", Uris::parse));
  }

  private static List<Builtin> schemas() {
    return List.of(
        unsteady(
            f2(
                "json.match_schema",
                "string|object{[any]: any}, string|object{[any]: any} -> [boolean,"
                    + " array[object{desc: string, error: string, field: string, type: string}]]",
                JsonSchemas::match)),
        unsteady(
            f1(
                "json.verify_schema",
                "string|object{[any]: any} -> [boolean, null|string]",
                JsonSchemas::verify)),
        f2(
            "graphql.is_valid",
            "string|object{[any]: any}, string|object{[any]: any} -> boolean",
            GraphQl::isValid),
        f2(
            "graphql.parse",
            "string|object{[any]: any}, string|object{[any]: any} -> [object{[any]: any},"
                + " object{[any]: any}]",
            GraphQl::parse),
        f2(
            "graphql.parse_and_verify",
            "string|object{[any]: any}, string|object{[any]: any} -> [boolean, object{[any]: any},"
                + " object{[any]: any}]",
            GraphQl::parseAndVerify),
        f1("graphql.parse_query", "string -> object{[any]: any}", GraphQl::parseQuery),
        f1("graphql.parse_schema", "string -> object{[any]: any}", GraphQl::parseSchema),
        f1(
            "graphql.schema_is_valid",
            "string|object{[any]: any} -> boolean",
            GraphQl::schemaIsValid));
  }

  private static List<Builtin> times() {
    return List.of(
        fn(4, "time.add_date", "number, number, number, number -> number", Times::addDate),
        f1("time.clock", "number|[number, string] -> [number, number, number]", Times::clock),
        f1("time.date", "number|[number, string] -> [number, number, number]", Times::date),
        f2(
            "time.diff",
            "number|[number, string], number|[number, string] -> [number, number, number, number,"
                + " number, number]",
            Times::diff),
        f1(
            "time.format",
            "number|[number, string]|[number, string, string] -> string",
            Times::format),
        unsteady(f0("time.now_ns", " -> number", Times::now)),
        f1("time.parse_duration_ns", "string -> number", Times::parseDuration),
        f2("time.parse_ns", "string, string -> number", Times::parseNs),
        f1("time.parse_rfc3339_ns", "string -> number", Times::parseRfc3339),
        f1("time.weekday", "number|[number, string] -> string", Times::weekday));
  }

  private static List<Builtin> forms() {
    return List.of(
        f2("semver.compare", "string, string -> number", Misc::semverCompare),
        f1("semver.is_valid", "any -> boolean", Misc::semverIsValid),
        f1("units.parse", "string -> number", Units::parse),
        f1("units.parse_bytes", "string -> number", Units::parseBytes),
        f1("uuid.parse", "string -> object{[string]: any}", Misc::uuidParse),
        unsteady(f1("uuid.rfc4122", "string -> string", Misc::uuid)));
  }

  private static List<Builtin> networks() {
    return List.of(
        f2("net.cidr_contains", "string, string -> boolean", Networks::contains),
        f2(
            "net.cidr_contains_matches",
            "string|array[string|array[any]]|object{[string]:"
                + " string|array[any]}|set[string|array[any]],"
                + " string|array[string|array[any]]|object{[string]:"
                + " string|array[any]}|set[string|array[any]] -> set[[any, any]]",
            Networks::containsMatches),
        f1("net.cidr_expand", "string -> set[string]", Networks::expand),
        f2("net.cidr_intersects", "string, string -> boolean", Networks::intersects),
        f1("net.cidr_is_valid", "string -> boolean", Networks::isValid),
        f1("net.cidr_merge", "array[string]|set[string] -> set[string]", Networks::merge),
        f2("net.cidr_overlap", "string, string -> boolean", Networks::contains),
        unsteady(f1("net.lookup_ip_addr", "string -> set[string]", Networks::lookup)),
        unsteady(f1("http.send", "object{[string]: any} -> object{[any]: any}", Http::send)),
        f3(
            "providers.aws.sign_req",
            "object{[string]: any}, object{[string]: any}, number -> object{[any]: any}",
            Aws::sign));
  }

  private static List<Builtin> cryptography() {
    return List.of(
        f2("crypto.hmac.equal", "string, string -> boolean", Hashes::equal),
        f2("crypto.hmac.md5", "string, string -> string", Hashes.hmac("HmacMD5")),
        f2("crypto.hmac.sha1", "string, string -> string", Hashes.hmac("HmacSHA1")),
        f2("crypto.hmac.sha256", "string, string -> string", Hashes.hmac("HmacSHA256")),
        f2("crypto.hmac.sha512", "string, string -> string", Hashes.hmac("HmacSHA512")),
        f1("crypto.md5", "string -> string", Hashes.digest("MD5")),
        f1("crypto.sha1", "string -> string", Hashes.digest("SHA-1")),
        f1("crypto.sha256", "string -> string", Hashes.digest("SHA-256")),
        f1(
            "crypto.parse_private_keys",
            "string -> array[object{[string]: any}]",
            Certificates::parsePrivateKeys),
        f1(
            "crypto.x509.parse_and_verify_certificates",
            "string -> [boolean, array[object{[string]: any}]]",
            Certificates::parseAndVerify),
        f2(
            "crypto.x509.parse_and_verify_certificates_with_options",
            "string, object{[string]: any} -> [boolean, array[object{[string]: any}]]",
            Certificates::parseAndVerifyWithOptions),
        f1(
            "crypto.x509.parse_certificate_request",
            "string -> object{[string]: any}",
            Certificates::parseRequest),
        f1(
            "crypto.x509.parse_certificates",
            "string -> array[object{[string]: any}]",
            Certificates::parseCertificates),
        f2(
            "crypto.x509.parse_keypair",
            "string, string -> object{[string]: any}",
            Certificates::parseKeyPair),
        f1(
            "crypto.x509.parse_rsa_private_key",
            "string -> object{[string]: any}",
            Certificates::parseRsaPrivateKey),
        f1(
            "io.jwt.decode",
            "string -> [object{[any]: any}, object{[any]: any}, string]",
            Tokens::decode),
        unsteady(
            f2(
                "io.jwt.decode_verify",
                "string, object{[string]: any} -> [boolean, object{[any]: any}, object{[any]:"
                    + " any}]",
                Tokens::decodeVerify)),
        unsteady(
            f3(
                "io.jwt.encode_sign",
                "object{[string]: any}, object{[string]: any}, object{[string]: any} -> string",
                Tokens::encodeSign)),
        unsteady(
            f3(
                "io.jwt.encode_sign_raw",
                "string, string, string -> string",
                Tokens::encodeSignRaw)),
        f2("io.jwt.verify_eddsa", "string, string -> boolean", Tokens.verify("EdDSA")),
        f2("io.jwt.verify_es256", "string, string -> boolean", Tokens.verify("ES256")),
        f2("io.jwt.verify_es384", "string, string -> boolean", Tokens.verify("ES384")),
        f2("io.jwt.verify_es512", "string, string -> boolean", Tokens.verify("ES512")),
        f2("io.jwt.verify_hs256", "string, string -> boolean", Tokens.verify("HS256")),
        f2("io.jwt.verify_hs384", "string, string -> boolean", Tokens.verify("HS384")),
        f2("io.jwt.verify_hs512", "string, string -> boolean", Tokens.verify("HS512")),
        f2("io.jwt.verify_ps256", "string, string -> boolean", Tokens.verify("PS256")),
        f2("io.jwt.verify_ps384", "string, string -> boolean", Tokens.verify("PS384")),
        f2("io.jwt.verify_ps512", "string, string -> boolean", Tokens.verify("PS512")),
        f2("io.jwt.verify_rs256", "string, string -> boolean", Tokens.verify("RS256")),
        f2("io.jwt.verify_rs384", "string, string -> boolean", Tokens.verify("RS384")),
        f2("io.jwt.verify_rs512", "string, string -> boolean", Tokens.verify("RS512")));
  }

  private static List<Builtin> runtime() {
    return List.of(
        f1("internal.print", "array[set[any]] -> null", Surroundings::print),
        f1("internal.test_case", "array[any] -> null", Surroundings::testCase),
        unsteady(f0("opa.runtime", " -> object{[string]: any}", Surroundings::runtime)),
        f0("rego.metadata.chain", " -> array[any]", Surroundings::metadata),
        f0("rego.metadata.rule", " -> any", Surroundings::metadata),
        f2(
            "rego.parse_module",
            "string, string -> object{[string]: any}",
            Surroundings::parseModule),
        f1("trace", "string -> boolean", Surroundings::trace));
  }
}
