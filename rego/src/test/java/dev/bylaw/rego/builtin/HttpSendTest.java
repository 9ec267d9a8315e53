package dev.bylaw.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.NumberValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpSendTest {
  /** A proxy of the whole JVM that nothing should ask for. */
  private static final class Asked extends ProxySelector {
    private final List<URI> asked = new ArrayList<>();

    @Override
    public List<Proxy> select(URI uri) {
      asked.add(uri);
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.invalid", 1)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {}
  }

  @Test
  void aRequestOfAPolicyGoesToItsHostAndThroughNoProxy() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    ProxySelector before = ProxySelector.getDefault();
    var proxy = new Asked();
    ProxySelector.setDefault(proxy);
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      String policy =
          "package p\nstatus := http.send({\"method\": \"get\", \"url\": \""
              + url
              + "\"})"
              + ".status_code\n";
      var status =
          Policy.compile(List.of(Source.of("p.rego", policy)), Options.standard())
              .prepare("data.p.status")
              .value(Request.of(null).connectingTo(_ -> true).withStrictErrors(true));
      assertThat(status).contains(NumberValue.of(204));
      assertThat(proxy.asked).isEmpty();
    } finally {
      ProxySelector.setDefault(before);
      server.stop(0);
    }
  }
}
