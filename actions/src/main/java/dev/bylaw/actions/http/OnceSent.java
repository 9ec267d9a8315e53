package dev.bylaw.actions.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that knows whether it was asked for, and that gives nothing once it is stopped: so
 * "not sent" is certain, not a race.
 */
final class OnceSent implements HttpRequest.BodyPublisher {
  private enum State {
    WAITING,
    ASKED_FOR,
    STOPPED
  }

  private final HttpRequest.BodyPublisher body;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  OnceSent(byte[] body) {
    this.body = HttpRequest.BodyPublishers.ofByteArray(body);
  }

  /** Stops it; true if it may have been sent. */
  boolean stop() {
    return !state.compareAndSet(State.WAITING, State.STOPPED) && state.get() == State.ASKED_FOR;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (state.compareAndSet(State.WAITING, State.ASKED_FOR)) {
      body.subscribe(subscriber);
    } else {
      subscriber.onSubscribe(NOTHING);
      subscriber.onError(new IOException("the call was ended before it was sent"));
    }
  }

  private static final Flow.Subscription NOTHING =
      new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };
}
