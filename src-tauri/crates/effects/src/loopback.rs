//! Servers on this computer's loopback address.

use std::io;

use crate::Effect;

/// Finds ports and asks servers on 127.0.0.1 whether they answer.
pub trait Loopback: Send + Sync + std::fmt::Debug {
    /// A port that nothing listens on: the wished one when it is free.
    ///
    /// # Errors
    /// When the system has none.
    fn free_port(&self, wished: Option<u16>) -> io::Result<u16>;

    /// Whether an HTTP server answers 200 to a GET of that path.
    fn http_answers<'a>(&'a self, port: u16, path: &'a str) -> Effect<'a, bool>;

    /// Whether a PostgreSQL server takes a start of session: it asks for the password or lets in.
    fn postgres_answers(&self, port: u16) -> Effect<'_, bool>;
}
