//! Archives that were made before and lie where they are.

use std::io::{self, Read as _};

use pilothouse_effects::{ProjectFiles, ProjectProblem};
use pilothouse_model::{Digest, ProjectPath};
use sha2::{Digest as _, Sha256};

use crate::archive::Archive;
use crate::problem::ArtifactProblem;

/// An archive as it lies there: its bytes are read once, and what is in it is not looked at.
///
/// # Errors
/// When it cannot be read.
pub fn found(files: &dyn ProjectFiles, path: &ProjectPath) -> Result<Archive, ArtifactProblem> {
    let mut content = files.open(path)?;
    let mut hash = Sha256::new();
    let mut size = 0_u64;
    let mut piece = vec![0; 128 * 1024];
    loop {
        match content.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                hash.update(piece.get(..count).unwrap_or_default());
                size = size.saturating_add(u64::try_from(count).unwrap_or_default());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => {
                return Err(ArtifactProblem::Project(ProjectProblem::Unreadable {
                    path: path.clone(),
                    source,
                }));
            }
        }
    }
    Ok(Archive {
        file_name: path.file_name().to_owned(),
        digest: Digest::from_bytes(hash.finalize().into()),
        size,
        entries: Vec::new(),
    })
}
