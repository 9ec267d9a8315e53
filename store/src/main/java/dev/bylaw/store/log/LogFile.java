package dev.bylaw.store.log;

import dev.bylaw.store.log.Finding.Kind;
import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logs exported as JSON Lines, which can be verified without the store.
 *
 * <pre>
 * {"type":"export","format":"bylaw-log/1","identity":"acme","key":…,"time":…}
 * {"type":"chain","identity":…,"log":…,"writer":…,"root_seq":1,"root_prev":…,"root":…}
 * {"type":"record","seq":1,…,"hash":…,"data":{…},"salt":…,"leaves":{…}}
 * {"type":"checkpoint","statement":{…}}
 * {"type":"end","records":1}
 * </pre>
 */
public final class LogFile {
  private static final String FORMAT = "bylaw-log/1";
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  private LogFile() {}

  /** Writes the logs of an identity, and all checkpoints. */
  public static void write(
      LogQueries logs, String identity, PublicKey key, Instant now, Writer out) {
    long[] records = {0};
    line(
        out,
        ObjectValue.builder()
            .put("type", "export")
            .put("format", FORMAT)
            .put("identity", identity)
            .put("key", SigningKey.text(key))
            .put("time", now.toString())
            .build());
    logs.chains()
        .forEach((id, chain) -> {
          if (chain.identity().equals(identity)) {
            line(out, chain(chain, logs.root(id)));
            logs.eachOf(
                id,
                chain,
                record -> {
                  records[0]++;
                  line(out, record(record));
                });
          }
        });
    logs.checkpoints()
        .forEach(checkpoint ->
            line(
                out,
                ObjectValue.builder()
                    .put("type", "checkpoint")
                    .put("statement", checkpoint.statement())
                    .build()));
    line(
        out,
        ObjectValue.builder()
            .put("type", "end")
            .put("records", NumberValue.of(records[0]))
            .build());
  }

  private static ObjectValue chain(Chain chain, Root root) {
    return ObjectValue.builder()
        .put("type", "chain")
        .put("identity", chain.identity())
        .put("log", chain.log().text())
        .put("writer", chain.writer())
        .put("root_seq", NumberValue.of(root.seq()))
        .put("root_prev", root.prev())
        .put("root", root.statement())
        .build();
  }

  private static ObjectValue record(LogRecord record) {
    ObjectValue.Builder out = ObjectValue.builder(16).put("type", "record");
    record.toValue().forEach((key, value) -> out.put(key, value));
    record
        .payload()
        .ifPresent(
            payload -> out.put("salt", payload.saltText()).put("leaves", payload.erasedText()));
    return out.build();
  }

  private static void line(Writer out, Value value) {
    try {
      out.write(Json.write(value));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Verifies an exported file.
   *
   * @param keptElsewhere a checkpoint that was kept elsewhere
   * @param trusted the public key, from elsewhere; without it the checkpoint's is believed, and
   *     without that the file's own, which proves only that the file agrees with itself
   * @throws IOException if the file cannot be read
   */
  public static Verification verify(
      Path file, Optional<Checkpoint> keptElsewhere, Optional<PublicKey> trusted)
      throws IOException {
    var findings = new Findings();
    var heads = new Heads();
    Reading reading = new Reading(findings, heads);
    // Checkpoints stand behind the records, so they are read first.
    @Nullable PublicKey key =
        trusted.or(() -> keptElsewhere.map(kept -> keyOrNull(kept.key()))).orElse(null);
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      key = reading.checkpoints(in, key);
    } catch (MalformedInputException e) {
      findings.add(Kind.UNREADABLE, "", 1, "the file is not UTF-8");
      return findings.done(0, 0);
    }
    if (key == null) {
      findings.add(Kind.UNREADABLE, "", 1, "the file does not begin as an export of the logs");
      return findings.done(0, 0);
    }
    PublicKey known = key;
    keptElsewhere.ifPresent(checkpoint -> heads.add(checkpoint, known, findings));
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      reading.records(in, known);
    }
    heads.missing(reading.seen, chain -> chain.identity().equals(reading.identity), findings);
    return findings.done(reading.seen.size(), heads.checkpoints());
  }

  private static @Nullable PublicKey keyOrNull(String text) {
    try {
      return SigningKey.publicKey(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The two passes over a file. */
  private static final class Reading {
    private final Findings findings;
    private final Heads heads;
    final Set<Chain> seen = new HashSet<>();
    String identity = "";

    Reading(Findings findings, Heads heads) {
      this.findings = findings;
      this.heads = heads;
    }

    @Nullable PublicKey checkpoints(BufferedReader in, @Nullable PublicKey trusted)
        throws IOException {
      PublicKey key = trusted;
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (number == 1) {
          ObjectValue first = parse(line);
          if (first == null || !first.text("format").equals(FORMAT)) {
            return null;
          }
          identity = first.text("identity");
          key = key == null ? keyOrNull(first.text("key")) : key;
        } else if (line.startsWith("{\"type\":\"checkpoint\"") && key != null) {
          ObjectValue row = parse(line);
          try {
            heads.add(
                Checkpoint.parse(row == null ? "" : Json.write(row.at("statement").orElse(row))),
                key,
                findings);
          } catch (IllegalArgumentException e) {
            findings.add(Kind.UNREADABLE, "", number, "line " + number + " is no checkpoint");
          }
        }
      }
      return key;
    }

    void records(BufferedReader in, PublicKey key) throws IOException {
      @Nullable ChainVerifier verifier = null;
      @Nullable Chain chain = null;
      long number = 0;
      long records = 0;
      boolean ended = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        ObjectValue row = line.length() > LONGEST_LINE ? null : parse(line);
        String type = row == null ? "" : row.text("type");
        if (row != null && type.equals("chain")) {
          if (verifier != null) {
            verifier.end();
          }
          chain = chain(row);
          verifier = chain == null ? null : verifier(chain, row, key, number);
        } else if (row != null && type.equals("record") && verifier != null && chain != null) {
          records++;
          LogRecord record = record(chain, row);
          if (record == null) {
            findings.add(Kind.UNREADABLE, "", number, "line " + number + " is no record");
          } else {
            verifier.accept(record);
          }
        } else if (row != null && type.equals("end")) {
          ended =
              row.get("records") instanceof NumberValue said
                  && said.equals(NumberValue.of(records));
        } else if (!type.equals("export") && !type.equals("checkpoint")) {
          findings.add(Kind.UNREADABLE, "", number, "line " + number + " cannot be read");
        }
      }
      if (verifier != null) {
        verifier.end();
      }
      if (!ended) {
        findings.add(
            Kind.CUT, "", number, "the file does not end as it was written, or lacks records");
      }
    }

    private @Nullable ChainVerifier verifier(
        Chain chain, ObjectValue row, PublicKey key, long number) {
      if (!seen.add(chain)) {
        findings.add(Kind.REORDERED, chain, number, "the chain stands in the file twice");
      }
      long seq = row.get("root_seq") instanceof NumberValue at && at.isLong() ? at.longValue() : 0;
      return new ChainVerifier(
          chain,
          new Root(seq, row.text("root_prev"), row.text("root")),
          key,
          heads.of(chain),
          findings);
    }

    private static @Nullable Chain chain(ObjectValue row) {
      try {
        return new Chain(row.text("identity"), LogName.of(row.text("log")), row.text("writer"));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    private static @Nullable LogRecord record(Chain chain, ObjectValue row) {
      boolean ofChain =
          row.text("identity").equals(chain.identity())
              && row.text("log").equals(chain.log().text())
              && row.text("writer").equals(chain.writer());
      if (!ofChain || !(row.get("seq") instanceof NumberValue seq && seq.isLong())) {
        return null;
      }
      try {
        return new LogRecord(
            chain,
            seq.longValue(),
            Instant.parse(row.text("time")),
            row.text("event"),
            row.text("decision"),
            row.text("run"),
            row.text("prev"),
            row.text("payload"),
            row.text("hash"),
            row.get("data") instanceof ObjectValue data
                ? Payload.of(data, row.text("salt"), row.text("leaves"))
                : Optional.empty());
      } catch (DateTimeException e) {
        return null;
      }
    }

    private static @Nullable ObjectValue parse(String line) {
      try {
        return Json.parse(line) instanceof ObjectValue object ? object : null;
      } catch (JsonException e) {
        return null;
      }
    }
  }
}
