package dev.bylaw.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static byte[] archive(String... pathsAndTexts) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    var out = new ByteArrayOutputStream();
    Bundle.write(files, out);
    return out.toByteArray();
  }

  private static Bundle read(byte[] archive) throws IOException {
    return Bundle.read(new ByteArrayInputStream(archive));
  }

  private static void refused(byte[] archive, String message) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static String pem(String kind, Key key) {
    return "-----BEGIN "
        + kind
        + " KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END "
        + kind
        + " KEY-----\n";
  }

  private Path content() throws IOException {
    file("b/.manifest", "{\"roots\": [\"app\", \"roles\"], \"revision\": \"1\"}");
    file("b/app/p.rego", "package app\n\nallow if input.role in data.roles\n");
    file("b/roles/data.json", "[\"admin\", 1.50, 1e3, \"<\u2028\"]");
    return folder.resolve("b");
  }

  private byte[] signed(Signing how) throws IOException {
    var out = new ByteArrayOutputStream();
    BundleBuild.ofBundles(List.of(content().toString()), List.of(), null, Options.standard())
        .write(out, how);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, RS256",
    "RSA, RS384",
    "RSA, RS512",
    "RSA, PS256",
    "RSA, PS384",
    "RSA, PS512",
    "EC, ES256",
    "oct, HS256",
    "oct, HS384",
    "oct, HS512"
  })
  void whatIsSignedWithAnAlgorithmIsVerifiedWithIt(String kind, String algorithm)
      throws IOException, GeneralSecurityException {
    String secret = "secret";
    String open = "secret";
    if (!kind.equals("oct")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (kind.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      KeyPair pair = generator.generateKeyPair();
      secret = pem("PRIVATE", pair.getPrivate());
      open = pem("PUBLIC", pair.getPublic());
    }
    byte[] archive = signed(new Signing(secret, algorithm, "default", null));
    Bundle bundle =
        Bundle.read(new ByteArrayInputStream(archive), Verification.with(open, algorithm));
    assertThat(bundle.roots()).containsExactly("app", "roles");
    String other = kind.equals("oct") ? "other" : open.replaceFirst("[0-9]", "x");
    assertThatThrownBy(() ->
            Bundle.read(new ByteArrayInputStream(archive), Verification.with(other, algorithm)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failed to verify JWT signature");
  }

  /** The bundle's files again, with one of them another. */
  private byte[] changed(byte[] archive, String path, String text) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(Tar.read(new ByteArrayInputStream(archive)));
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
    var out = new ByteArrayOutputStream();
    Bundle.write(files, out);
    return out.toByteArray();
  }

  @Test
  void everythingOfASignedBundleHasToBeAsItWasSigned() throws IOException, JsonException {
    byte[] archive = signed(new Signing("secret", "HS256", "default", null));
    var how = Verification.with("secret", "HS256");
    Map<String, byte[]> fewer = new LinkedHashMap<>(Tar.read(new ByteArrayInputStream(archive)));
    fewer.remove("data.json");
    var out = new ByteArrayOutputStream();
    Bundle.write(fewer, out);
    String signatures = ".signatures.json";
    Map<String, byte[]> wrong = new LinkedHashMap<>();
    wrong.put("data.json: digest mismatch", changed(archive, "data.json", "{}"));
    wrong.put("file x.txt not included in bundle signature", changed(archive, "x.txt", ""));
    wrong.put("missing JWT", changed(archive, signatures, "{}"));
    wrong.put(
        "multiple JWTs not supported",
        changed(archive, signatures, "{\"signatures\": [\"a\", \"b\"]}"));
    wrong.put("failed to verify", changed(archive, signatures, "{\"signatures\": [\"a.b\"]}"));
    wrong.put("a JWT as a string", changed(archive, signatures, "{\"signatures\": [7]}"));
    wrong.put("bundle missing .signatures.json file", archive("data.json", "{}"));
    wrong.put(
        "file(s) [data.json] specified in bundle signatures but not found", out.toByteArray());
    wrong.forEach((message, bytes) ->
        assertThatThrownBy(() -> Bundle.read(new ByteArrayInputStream(bytes), how))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(message));
    // White space and the order of keys are nothing that was signed; how numbers are written is.
    byte[] spaced =
        changed(
            archive, "data.json", "{ \"roles\" : [\"admin\", 1.50 , 1e3, \"\\u003c\\u2028\"] }\n");
    assertThat(Bundle.read(new ByteArrayInputStream(spaced), how).content().data())
        .isEqualTo(Json.parse("{\"roles\": [\"admin\", 1.5, 1000, \"<\\u2028\"]}"));
    Verification lenient = new Verification("secret", "HS256", "", List.of("*.txt"));
    byte[] more = changed(archive, "x.txt", "");
    assertThat(Bundle.read(new ByteArrayInputStream(more), lenient).files()).hasSize(5);
  }

  @Test
  void aSignatureHoldsForItsScopeAlone() throws IOException, JsonException {
    ObjectValue claims = (ObjectValue) Json.parse("{\"scope\": \"write\", \"keyid\": \"k\"}");
    byte[] archive = signed(new Signing("secret", "HS256", "default", claims));
    var scoped = new Verification("secret", "HS256", "write", List.of());
    assertThat(Bundle.read(new ByteArrayInputStream(archive), scoped).content().sources())
        .hasSize(1);
    assertThatThrownBy(() ->
            Bundle.read(new ByteArrayInputStream(archive), Verification.with("secret", "HS256")))
        .isInstanceOf(IOException.class)
        .hasMessage("scope mismatch");
    assertThatThrownBy(() ->
            Bundle.read(new ByteArrayInputStream(archive), Verification.with("secret", "none")))
        .isInstanceOf(IOException.class)
        .hasMessage("unknown signature algorithm: none");
  }

  /** Made by OPA 1.22.2: {@code opa build -b b --signing-key secret --signing-alg HS256}. */
  @Test
  void aDigestIsTheOneThatOpaMakes() throws JsonException {
    byte[] data =
        "{\"n\": 7,\"a\":[1,\"x<y\",1.50,null,{\"z\":1,\"b\":{}}]}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Digest.of("data.json", data, "SHA-256"))
        .isEqualTo("ef9aeb03e1dc12dc6f8750bc1477c8ce691f9420a9cc104676b5d2597bbb1c4e");
    assertThat(Digest.of("data.json", data, "SHA-3")).isNull();
  }

  @Test
  void aBundleFromAFolderIsTheOneFromItsArchive() throws IOException {
    Path source = content();
    var out = new ByteArrayOutputStream();
    BundleBuild.ofBundles(List.of(source.toString()), List.of(), null, Options.standard())
        .withRevision("2")
        .write(out, null);
    Bundle bundle = read(out.toByteArray());
    assertThat(JsonText.compact(bundle.manifest().content()))
        .isEqualTo("{\"rego_version\":1,\"revision\":\"2\",\"roots\":[\"app\",\"roles\"]}");
    assertThat(bundle.content().data())
        .isEqualTo(Bundle.at(source, List.of(), null).content().data());
    var again = new ByteArrayOutputStream();
    BundleBuild.ofBundles(List.of(source.toString()), List.of(), null, Options.standard())
        .withRevision("2")
        .write(again, null);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
  }

  @Test
  void theManifestSaysTheDialectOfFiles() throws IOException {
    Bundle bundle =
        read(
            archive(
                ".manifest",
                "{\"rego_version\": 1, \"file_rego_versions\": {\"/old/*\": 0}}",
                "old/p.rego",
                "package p\nx = 1 { true }\n",
                "new/p.rego",
                "package p\ny := 2 if true\n"));
    assertThat(bundle.content().dialects())
        .isEqualTo(Map.of("old/p.rego", Dialect.V0, "new/p.rego", Dialect.V1));
    Policy policy = Policy.ofModules(bundle.content().parse(Dialect.V1), Options.standard());
    assertThat(policy.prepare("data.p").value(Request.of(null)))
        .hasValueSatisfying(v -> assertThat(v).hasToString("{\"x\":1,\"y\":2}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[] | a manifest is an object, found an array",
        "{\"roots\": \"a\"} | `roots` is an array, found a string",
        "{\"roots\": [1]} | a root is a string",
        "{\"roots\": [\"a\", \"/a/b/\"]} | manifest has overlapped roots: 'a' and 'a/b'",
        "{\"roots\": [\"\", \"a\"]} | manifest has overlapped roots: '' and 'a'",
        "{\"rego_version\": 2} | a version of Rego is 0 or 1, found 2",
        "{\"file_rego_versions\": {\"x\": \"1\"}} | a version of Rego is 0 or 1",
        "{\"roots\": [\"q\"]} | do not permit 'package p' in module 'p.rego'",
        "{\"roots\": [\"p\"], \"roots\": [\"q\"]} | : data_parse_error: no JSON: ",
        "{\"revision\": 1} | `revision` is a string, found a number",
      })
  void aManifestThatIsWrongIsRefused(String each) throws IOException {
    String[] parts = each.split(" \\| ", -1);
    refused(archive(".manifest", parts[0], "p.rego", "package p\n"), parts[1]);
  }

  @Test
  void whatNoBundleMayHaveIsRefused() throws IOException {
    refused(archive("a/../../b/data.json", "{}"), "leads out of it");
    refused(archive("a\\b/data.json", "{}"), "leads out of it");
    refused(archive(".manifest", "{}", "a/.manifest", "{}"), "multiple manifest files");
    refused(archive("data.json", "[1]"), "data at the root must be an object");
    refused(
        archive("a/data.json", "{\"b\": 1}", "data.json", "{\"a\": {\"b\": 2}}"), "merge error");
    refused(archive("policy.wasm", "x"), "no Rego to evaluate");
    refused(archive("patch.json", "{}"), "delta bundle");
    refused(archive("p.rego", "package p\n", "a/data.json", "{"), "a/data.json:1:2: ");
    byte[] good = archive("data.json", "{\"a\": 1}");
    refused(Arrays.copyOf(good, good.length / 2), "not a .tar.gz, or cut off");
    refused(new byte[0], "not a .tar.gz, or cut off");
    refused("hello".getBytes(StandardCharsets.UTF_8), "not a .tar.gz, or cut off");
    var noise = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(noise)) {
      gzip.write("x".repeat(2000).getBytes(StandardCharsets.UTF_8));
    }
    refused(noise.toByteArray(), "not a tar file");
    assertThatThrownBy(() -> Tar.read(new ByteArrayInputStream(good), 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 4 bytes");
  }

  /** A header of a file, folder or link with its content. */
  private static byte[] entry(String name, char type, String content) {
    byte[] text = content.getBytes(StandardCharsets.UTF_8);
    byte[] block = new byte[512 + (text.length + 511) / 512 * 512];
    put(block, 0, name);
    put(block, 100, "0000600");
    put(block, 124, String.format("%011o", text.length));
    block[156] = (byte) type;
    int sum = 8 * ' ';
    for (int i = 0; i < 512; i++) {
      sum += block[i] & 0xff;
    }
    put(block, 148, String.format("%06o", sum));
    System.arraycopy(text, 0, block, 512, text.length);
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static byte[] tar(byte[]... entries) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      for (byte[] entry : entries) {
        gzip.write(entry);
      }
      gzip.write(new byte[1024]);
    }
    return out.toByteArray();
  }

  @Test
  void linksLeadNowhereAndNoFileIsThereTwice() throws IOException {
    byte[] one = entry("data.json", '0', "{\"a\": 1}");
    assertThat(read(tar(entry("data.json", '2', ""), entry("d", '5', ""), one)).content().data())
        .hasToString("{\"a\":1}");
    refused(tar(one, entry("./data.json", '0', "{\"b\": 1}")), "it has data.json twice");
    refused(tar(entry("data.json", '0', ""), entry("/data.json", '0', "")), "twice");
    byte[] broken = one.clone();
    broken[0] = 'x';
    refused(tar(broken), "not a tar file");
    String path = "long/".repeat(60) + "data.json";
    String pax = "path=" + path + "\n";
    byte[] header = entry("x", 'x', (pax.length() + 4) + " " + pax);
    assertThat(read(tar(header, one)).files()).containsOnlyKeys(path);
    assertThat(read(tar(entry("././@LongLink", 'L', path + "\0"), one)).files())
        .containsOnlyKeys(path);
    refused(tar(entry("x", 'x', "99999 path=a\n"), one), "not a tar file");
    refused(tar(entry("x", 'x', "path"), one), "not a tar file");
    assertThat(read(archive("x/".repeat(70) + "data.json", "{}")).files()).hasSize(1);
    assertThatThrownBy(() -> archive("x".repeat(200), ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("path is too long");
  }

  @Test
  void bundlesThatOwnTheSameAreNotLoadedTogether() throws IOException {
    String one = content().toString();
    file("c/.manifest", "{\"roots\": [\"other\"]}");
    file("c/other/data.json", "{\"x\": 1}");
    file("d/data.json", "{\"y\": 1}");
    String other = folder.resolve("c").toString();
    assertThat(Loaded.ofBundles(List.of(one, other), List.of()).data().has("other")).isTrue();
    assertThatThrownBy(
            () -> Loaded.ofBundles(List.of(one, folder.resolve("d").toString()), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("have overlapping roots: 'app' and ''");
  }

  @Test
  void onlyWhatCompilesBecomesABundle() throws IOException {
    file("p/x.rego", "package p\nx := y\n");
    BundleBuild build =
        BundleBuild.ofFiles(List.of(folder.resolve("p").toString()), List.of(), Options.standard());
    assertThatThrownBy(build::files).hasMessageContaining("var y is unsafe");
  }
}
