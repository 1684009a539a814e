//! The password of the sandbox's database.

use crate::{SandboxProblem, World, layout};

/// The file with the database's password, which is made once.
pub(crate) fn password_file(world: &World) -> Result<String, SandboxProblem> {
    if world.data.read(layout::PASSWORD, 0)?.is_none() {
        let token = world
            .entropy
            .token()
            .map_err(|source| SandboxProblem::System {
                what: "randomness",
                source,
            })?;
        world.data.write(layout::PASSWORD, token.as_bytes())?;
    }
    let (folder, name) = layout::PASSWORD.rsplit_once('/').unwrap_or_default();
    Ok(format!("{}/{name}", world.data.folder(folder)?))
}

/// The password, for those who connect; empty before there is a database.
pub(crate) fn password(world: &World) -> Result<String, SandboxProblem> {
    let content = world.data.read(layout::PASSWORD, 0)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&content).into_owned())
}
