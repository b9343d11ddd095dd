package dev.coppice.reposerver.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers to requests that Jetty refuses: a line of text, without what went on inside. */
public final class PlainErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    PageAnswers.text(status, HttpStatus.getMessage(status), request, response, callback);
    return true;
  }
}
