//! Functions that are container images.

/// `functions.*.image`, what it names in `provider.ecr.images` looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// The image: what runs is known once it ends in a digest, `@sha256:...`.
    pub uri: String,
    /// `command`: replaces the image's own.
    pub command: Option<Vec<String>>,
    /// `entryPoint`: replaces the image's own.
    pub entry_point: Option<Vec<String>>,
    /// `workingDirectory`: replaces the image's own.
    pub working_directory: Option<String>,
    /// Where its address stands in the configuration, for messages.
    pub path: String,
}

/// An image that is named by a tag, which can be given to another image any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaggedImage<'a> {
    /// The account whose registry has it.
    pub registry: &'a str,
    /// The Region of the registry.
    pub region: &'a str,
    /// The repository.
    pub repository: &'a str,
    /// The tag; none when the address has none.
    pub tag: Option<&'a str>,
}

impl Image {
    /// The digest of what runs, such as `sha256:...`, when it is known.
    pub fn digest(&self) -> Option<&str> {
        self.uri.split_once('@').map(|(_, digest)| digest)
    }

    /// What must be asked for the digest.
    pub fn tagged(&self) -> Option<TaggedImage<'_>> {
        if self.digest().is_some() {
            return None;
        }
        let (host, image) = self.uri.split_once('/')?;
        let (repository, tag) = match image.split_once(':') {
            Some((repository, tag)) => (repository, Some(tag)),
            None => (image, None),
        };
        let mut parts = host.split('.');
        let registry = parts.next()?;
        let region = parts.nth(2)?;
        Some(TaggedImage {
            registry,
            region,
            repository,
            tag: tag.filter(|tag| !tag.is_empty()),
        })
    }

    /// Names the image by its digest from now on.
    pub(crate) fn settle(&mut self, digest: &str) {
        let name = self.uri.split(':').next().unwrap_or_default();
        self.uri = format!("{name}@{digest}");
    }
}
