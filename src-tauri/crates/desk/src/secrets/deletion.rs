//! Deleting parameters: shown first, done once, and put back as long as the window is open.

use pilothouse_api::parameters::{self, SetDone};
use pilothouse_api::{ApiError, Kind};
use pilothouse_model::Code;

use super::gone;
use super::told::{TellSecrets, silent, watching};
use crate::wire::{DeletedSecrets, DeletionPreview, Problem, StorePlace};
use crate::{Desk, lock};

impl Desk {
    /// Shows what would be deleted: these names, or all below a path.
    ///
    /// # Errors
    /// When there are none, or AWS does not answer.
    pub async fn plan_secret_deletion(
        &self,
        place: &StorePlace,
        names: &[String],
        path: Option<&str>,
    ) -> Result<DeletionPreview, Problem> {
        let store = self.store(place, &silent()).await?;
        let prepared = parameters::prepare_deletion(&store, names, path).await?;
        let preview = DeletionPreview {
            id: self.id()?,
            token: self.token()?,
            typed: prepared.typed.clone(),
            parameters: prepared.views(),
        };
        let held = (place.clone(), preview.token.clone(), prepared);
        lock(&self.secrets.deletions).insert(preview.id.clone(), held);
        Ok(preview)
    }

    /// Deletes what was shown, once. What it takes to put them back is kept until the window is closed.
    ///
    /// # Errors
    /// When it is gone, the name is not typed right, or something stands in the way: what was deleted is told.
    pub async fn delete_secrets(
        &self,
        deletion: &str,
        token: &str,
        typed: &str,
        tell: TellSecrets,
    ) -> Result<DeletedSecrets, Problem> {
        let held = {
            let mut deletions = lock(&self.secrets.deletions);
            let found = deletions
                .get(deletion)
                .filter(|held| held.1 == token)
                .ok_or_else(gone)?;
            if found.2.typed != typed {
                let title = "what was typed is not what was asked for";
                return Err(ApiError::new(Code::NameMistyped, Kind::User, title).into());
            }
            deletions.remove(deletion)
        };
        let (place, _, prepared) = held.ok_or_else(gone)?;
        let store = self.store(&place, &watching(&tell)).await?;
        // Whoever may delete need not be allowed to read; then there is no way back.
        let undo = prepared.remember(&store).await.ok();
        let names = prepared.apply(&store).await;
        let id = match undo {
            None => None,
            Some(undo) => {
                let id = self.id()?;
                lock(&self.secrets.undos).insert(id.clone(), (place, undo));
                Some(id)
            }
        };
        Ok(DeletedSecrets {
            names: names?,
            undo: id,
        })
    }

    /// Makes deleted parameters again.
    ///
    /// # Errors
    /// When they are not remembered any more, or AWS does not answer.
    pub async fn undo_deletion(&self, undo: &str) -> Result<Vec<SetDone>, Problem> {
        let held = lock(&self.secrets.undos).remove(undo);
        let (place, kept) = held.ok_or_else(gone)?;
        let store = self.store(&place, &silent()).await?;
        Ok(parameters::put_back(&store, &kept).await?)
    }
}
