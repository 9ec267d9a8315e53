package dev.bylaw.content;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What models see that no pattern can. A module with models provides it as a service, so that
 * whoever has the module on the class path has the models, and nobody else needs them.
 */
public interface ContentModels {

  /** Finds people, places, organisations and addresses; loads its model when first asked. */
  Detector names();

  /** Tells topics by meaning; loads its model when first asked. */
  TopicDetector topics();

  /** The models on the class path; empty if there are none. Loads none of them. */
  static Optional<ContentModels> installed() {
    return Installed.MODELS;
  }

  /** Looked up once: what is on the class path does not change. */
  final class Installed {
    private static final Optional<ContentModels> MODELS =
        ServiceLoader.load(ContentModels.class, ContentModels.class.getClassLoader()).findFirst();

    private Installed() {}
  }
}
