//! `package`: templates and archives, without credentials and without a network.
