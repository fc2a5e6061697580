#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

/* What a server is to be; the numbers are limits. */
struct http_settings {
  const struct sockaddr *address;
  unsigned int threads;
  unsigned int connections;
  /* Seconds without a byte after which a connection is closed. */
  unsigned int timeout;
  /* Bytes for the request line and headers of one connection. */
  size_t memory;
  void *context;
  MHD_AccessHandlerCallback handler;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connected;
  /* Called with each address as it came, before it is taken apart. */
  void *(*addressed)(void *context, const char *address, struct MHD_Connection *connection);
};

/* Swift cannot call a function with a varying number of arguments. */
static inline struct MHD_Daemon *http_start(const struct http_settings *settings) {
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME;
  if (settings->address->sa_family == AF_INET6) flags |= MHD_USE_IPv6;
  return MHD_start_daemon(
      flags, 0, NULL, NULL, settings->handler, settings->context,
      MHD_OPTION_SOCK_ADDR, settings->address,
      MHD_OPTION_THREAD_POOL_SIZE, settings->threads,
      MHD_OPTION_CONNECTION_LIMIT, settings->connections,
      MHD_OPTION_CONNECTION_TIMEOUT, settings->timeout,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->memory,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_NOTIFY_COMPLETED, settings->completed, settings->context,
      MHD_OPTION_NOTIFY_CONNECTION, settings->connected, settings->context,
      MHD_OPTION_URI_LOG_CALLBACK, settings->addressed, settings->context,
      MHD_OPTION_END);
}

/* The port that a server listens on; 0 when it does not say. */
static inline unsigned int http_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

/* The socket of a connection; -1 when it does not say. */
static inline int http_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

/* Whether the client of a socket has closed its side. */
static inline int http_is_gone(int socket) {
  /* POLLRDHUP; its name is hidden unless GNU's extensions are asked for. */
  const short closed = 0x2000;
  struct pollfd state = {socket, closed, 0};
  return poll(&state, 1, 0) > 0 && (state.revents & (closed | POLLHUP | POLLERR | POLLNVAL)) != 0;
}
