package dev.bylaw.content.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final String PLATFORM = "linux-x64";
  private static final String MAIN = System.mapLibraryName("onnxruntime");

  @TempDir Path folder;

  @BeforeEach
  void onlyWhereItRuns() {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(System.getProperty("os.arch").equals("amd64"));
  }

  @Test
  void theLibraryIsUnpackedOnceAndOnlyItsOwnerMayReadIt() throws IOException {
    Path made = requireNonNull(NativeLibrary.unpacked(folder.resolve("bylaw"), PLATFORM));
    assertThat(Digests.isKnown(PLATFORM + "/" + MAIN, Files.readAllBytes(made.resolve(MAIN))))
        .isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve(MAIN))))
        .isEqualTo("r--------");
    try (Stream<Path> files = Files.list(made)) {
      assertThat(files).as("nothing half written is left").hasSize(2);
    }
    var written = Files.getLastModifiedTime(made.resolve(MAIN));
    assertThat(NativeLibrary.unpacked(folder.resolve("bylaw"), PLATFORM)).isEqualTo(made);
    assertThat(Files.getLastModifiedTime(made.resolve(MAIN))).isEqualTo(written);
  }

  @Test
  void aCopyThatWasChangedIsReplacedBeforeItIsLoaded() throws IOException {
    Path made = requireNonNull(NativeLibrary.unpacked(folder.resolve("bylaw"), PLATFORM));
    Path copy = made.resolve(MAIN);
    Files.delete(copy);
    Files.writeString(copy, "something else");
    assertThat(NativeLibrary.unpacked(folder.resolve("bylaw"), PLATFORM)).isEqualTo(made);
    assertThat(Digests.isKnown(PLATFORM + "/" + MAIN, Files.readAllBytes(copy))).isTrue();
  }

  @Test
  void aFolderThatOthersMayWriteIsClosedToThem() throws IOException {
    Path made = requireNonNull(NativeLibrary.unpacked(folder.resolve("bylaw"), PLATFORM));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(NativeLibrary.unpacked(folder.resolve("bylaw"), PLATFORM)).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void whereAnythingIsInTheWayOnnxRuntimeUnpacksItself() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThat(NativeLibrary.unpacked(file, PLATFORM)).isNull();
    assertThat(NativeLibrary.unpacked(null, PLATFORM)).isNull();
    assertThat(NativeLibrary.unpacked(folder.resolve("bylaw"), "")).isNull();
    assertThat(NativeLibrary.unpacked(folder.resolve("bylaw"), "plan9-x64")).isNull();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    assertThat(NativeLibrary.unpacked(link, PLATFORM)).as("a link").isNull();
  }

  @Test
  void everyLibraryThatIsListedIsTheOneOfThisVersion() throws IOException {
    for (String name :
        new String[] {
          "linux-x64/libonnxruntime.so",
          "linux-x64/libonnxruntime4j_jni.so",
          "linux-aarch64/libonnxruntime.so",
          "linux-aarch64/libonnxruntime4j_jni.so",
          "osx-aarch64/libonnxruntime.dylib",
          "osx-aarch64/libonnxruntime4j_jni.dylib"
        }) {
      try (InputStream library =
          NativeLibraryTest.class.getResourceAsStream("/ai/onnxruntime/native/" + name)) {
        assertThat(library).as(name).isNotNull();
        byte[] content = library.readAllBytes();
        assertThat(Digests.isKnown(name, content)).as(name).isTrue();
        assertThat(Digests.isWhole(name, ByteBuffer.wrap(content))).as(name).isTrue();
      }
    }
  }

  @Test
  void everyModelIsTheOneThatIsListedAndADamagedOneIsSeen() throws IOException {
    for (String name : new String[] {"ner-int8.onnx", "vocab.txt", "all-minilm-l6-v2-q.onnx"}) {
      byte[] content = NerModel.resource(name);
      assertThat(Digests.isKnown(name, content)).as(name).isTrue();
      content[content.length / 2] ^= 1;
      assertThat(Digests.isWhole(name, ByteBuffer.wrap(content))).as(name).isFalse();
      assertThat(Digests.isWhole(name, ByteBuffer.wrap(content, 0, 1000))).as(name).isFalse();
    }
  }

  @Test
  void noOtherRuntimeOfModelsIsOnTheClassPath() throws IOException {
    assertThat(
            Collections.list(
                getClass().getClassLoader().getResources("ai/onnxruntime/OrtEnvironment.class")))
        .as("two of them, of different versions, end the process")
        .hasSize(1);
  }

  @Test
  @SuppressWarnings("restricted")
  void onnxRuntimeIsToldToTellItsMakerNothing() throws Throwable {
    NativeLibrary.environment();
    Linker linker = Linker.nativeLinker();
    MethodHandle getenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getenv"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          (MemorySegment) getenv.invokeExact(arena.allocateFrom("ORT_DISABLE_TELEMETRY"));
      assertThat(value.reinterpret(8).getString(0)).isEqualTo("1");
    }
  }

  @Test
  void aModelThatWasChangedIsNotUsedAndSaysSo() {
    byte[] other = "another model".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> NerModel.load(() -> Digests.checked("ner-int8.onnx", other)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ner-int8.onnx is not the one that this version was made with");
    assertThatThrownBy(() -> Digests.checked("unheard.onnx", other))
        .hasMessageContaining("expected one that is listed");
  }
}
