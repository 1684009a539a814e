//! Parameters and their values. What many are changed by is shown first, kept here under an id, and done once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use pilothouse_api::parameters::{
    self, CheckedSecret, FileForm, ImportRequest, ImportedView, ListRequest, ParameterDetails,
    ParameterType, PreparedDeletion, PreparedImport, SecretDraft, SetDone, SetRequest, Store,
    StoreRequest, TagChange, TagView, Undo,
};
use pilothouse_api::target::Watch;
use pilothouse_api::{ApiError, Cancel, Kind, sandbox};
use pilothouse_effects::Clipboard;
use pilothouse_model::Code;

use crate::plan_view::planned;
use crate::wire::{
    CopiedSecret, ExportedSecrets, GivenValue, ImportPreview, Problem, RevealedSecret, SecretsTold,
    StorePlace, Target, count,
};
use crate::{Desk, lock};

mod deletion;
mod told;

pub use told::TellSecrets;
use told::{silent, watching};

/// How long a value is shown, and stays in the clipboard.
const SECONDS: u32 = 30;
/// How many parameters are told at once: a page draws no faster.
const PORTION: usize = 500;

/// What can be done once, by its id, and what can be put back.
#[derive(Debug, Default)]
pub(crate) struct Held {
    imports: Mutex<HashMap<String, (StorePlace, String, PreparedImport)>>,
    deletions: Mutex<HashMap<String, (StorePlace, String, PreparedDeletion)>>,
    undos: Mutex<HashMap<String, (StorePlace, Undo)>>,
}

/// What is read into which path.
#[derive(Debug)]
pub struct ImportAsked {
    /// The file.
    pub file: String,
    /// The path that its names go below.
    pub path: String,
    /// How new ones are kept.
    pub kind: Option<ParameterType>,
    /// The key of new ones.
    pub key: Option<String>,
}

impl Desk {
    async fn store(&self, place: &StorePlace, watch: &Watch) -> Result<Store, ApiError> {
        let request = StoreRequest {
            target: planned(&place.target),
            region: place.region.clone().filter(|region| !region.is_empty()),
        };
        parameters::open(&self.host, &request, watch, &Cancel::default()).await
    }

    /// Reads the list of a place and tells it as it comes. `expected` is how many there were the last time.
    pub async fn watch_secrets(
        &self,
        place: &StorePlace,
        expected: Option<u32>,
        tell: TellSecrets,
    ) {
        let is_stopped =
            || sandbox::status(&self.host).is_ok_and(|status| status.running.is_none());
        if place.target == Target::Sandbox && is_stopped() {
            tell(SecretsTold::Stopped);
            return;
        }
        if let Err(problem) = self.tell_list(place, expected, &tell).await {
            tell(SecretsTold::Failed {
                problem: problem.into(),
            });
        }
    }

    async fn tell_list(
        &self,
        place: &StorePlace,
        expected: Option<u32>,
        tell: &TellSecrets,
    ) -> Result<(), ApiError> {
        let store = self.store(place, &watching(tell)).await?;
        tell(SecretsTold::Reached {
            account: store.account().to_owned(),
            region: store.region().to_owned(),
            principal: store.principal().to_owned(),
        });
        let request = ListRequest {
            expected: expected.and_then(|number| usize::try_from(number).ok()),
            ..ListRequest::default()
        };
        let mut waiting = Vec::new();
        let mut take = |page: Vec<parameters::ParameterView>| {
            waiting.extend(page);
            if waiting.len() < PORTION {
                return true;
            }
            let parameters = std::mem::take(&mut waiting);
            tell(SecretsTold::Page { parameters })
        };
        let read = parameters::list(&store, &request, &mut take).await;
        // What was read before something went wrong is shown too.
        tell(SecretsTold::Page {
            parameters: waiting,
        });
        tell(SecretsTold::Whole { read: count(read?) });
        Ok(())
    }

    /// All that is told of one parameter but its value.
    ///
    /// # Errors
    /// When there is none, or AWS does not answer.
    pub async fn secret(
        &self,
        place: &StorePlace,
        name: &str,
    ) -> Result<ParameterDetails, Problem> {
        let store = self.store(place, &silent()).await?;
        Ok(parameters::show(&self.host, &store, name).await?)
    }

    /// Shows one value: that it was asked for is in the journal before.
    ///
    /// # Errors
    /// When there is none, or AWS does not answer or allow it.
    pub async fn reveal_secret(
        &self,
        place: &StorePlace,
        selector: &str,
    ) -> Result<RevealedSecret, Problem> {
        let store = self.store(place, &silent()).await?;
        let found = parameters::reveal(&store, selector).await?;
        Ok(RevealedSecret {
            name: found.name,
            version: found.version,
            value: found.value.expose().to_owned(),
            seconds: SECONDS,
        })
    }

    /// Gives one value to the clipboard, from where it is taken back unless something else was copied since. The page
    /// does not see it.
    ///
    /// # Errors
    /// When there is none, AWS does not answer or allow it, or the clipboard does not take it.
    pub async fn copy_secret(
        &self,
        place: &StorePlace,
        selector: &str,
        clipboard: Arc<dyn Clipboard>,
    ) -> Result<CopiedSecret, Problem> {
        let store = self.store(place, &silent()).await?;
        let found = parameters::reveal(&store, selector).await?;
        clipboard.put(&found.value).map_err(|problem| {
            ApiError::new(Code::SecretFile, Kind::Precondition, problem.to_string())
                .detail(problem.reason)
                .hint("Show it, and copy it by hand")
        })?;
        let clock = Arc::clone(&self.host.clock);
        let version = found.version;
        tokio::spawn(async move {
            clock
                .sleep(std::time::Duration::from_secs(SECONDS.into()))
                .await;
            // A clipboard that is gone holds nothing any more.
            let _ = clipboard.take_back(&found.value);
        });
        Ok(CopiedSecret {
            version,
            seconds: SECONDS,
        })
    }

    /// What a draft would do, by rules alone; of its value the number of bytes is told.
    pub fn check_secret(
        &self,
        region: &str,
        draft: &SecretDraft,
        bytes: Option<u32>,
    ) -> CheckedSecret {
        parameters::check(region, draft, bytes)
    }

    /// Writes a parameter.
    ///
    /// # Errors
    /// When it is not as it was seen, AWS would not or does not take it, or does not answer.
    pub async fn set_secret(
        &self,
        place: &StorePlace,
        draft: SecretDraft,
        value: GivenValue,
    ) -> Result<SetDone, Problem> {
        let store = self.store(place, &silent()).await?;
        let request = SetRequest {
            draft,
            value: value.into(),
        };
        Ok(parameters::set(&self.host, &store, request).await?)
    }

    /// Makes an earlier version the newest, if `seen` is the newest still.
    ///
    /// # Errors
    /// When it is not, there is no such version, or AWS does not answer.
    pub async fn restore_secret(
        &self,
        place: &StorePlace,
        name: &str,
        version: u32,
        seen: u32,
    ) -> Result<SetDone, Problem> {
        let store = self.store(place, &silent()).await?;
        Ok(parameters::restore(&store, name, version, Some(seen)).await?)
    }

    /// Puts labels on a version, and takes others from it.
    ///
    /// # Errors
    /// When AWS would not or does not take them, or does not answer.
    pub async fn label_secret(
        &self,
        place: &StorePlace,
        name: &str,
        version: u32,
        set: &[String],
        remove: &[String],
    ) -> Result<(), Problem> {
        let store = self.store(place, &silent()).await?;
        if !set.is_empty() {
            parameters::label(&store, name, version, set).await?;
        }
        if !remove.is_empty() {
            parameters::unlabel(&store, name, version, remove).await?;
        }
        Ok(())
    }

    /// Changes tags.
    ///
    /// # Errors
    /// When AWS would not or does not take them, or does not answer.
    pub async fn tag_secret(
        &self,
        place: &StorePlace,
        name: &str,
        set: Vec<TagView>,
        remove: Vec<String>,
    ) -> Result<(), Problem> {
        let store = self.store(place, &silent()).await?;
        Ok(parameters::tag(&store, name, &TagChange { set, remove }).await?)
    }

    /// Reads a file that somebody chose, and shows what storing its values would change.
    ///
    /// # Errors
    /// When it cannot be read, or AWS does not answer.
    pub async fn prepare_import(
        &self,
        place: &StorePlace,
        asked: ImportAsked,
    ) -> Result<ImportPreview, Problem> {
        let store = self.store(place, &silent()).await?;
        let from = asked
            .file
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let request = ImportRequest {
            form: None,
            file: asked.file,
            path: asked.path.clone(),
            kind: asked.kind,
            key: asked.key.filter(|key| !key.is_empty()),
        };
        let prepared = parameters::prepare_import(&self.host, &store, &request).await?;
        self.hold_import(place, prepared, from, asked.path)
    }

    /// Shows what copying a path would change.
    ///
    /// # Errors
    /// When one of the places cannot be read.
    pub async fn prepare_copy(
        &self,
        from: (&StorePlace, &str),
        to: (&StorePlace, &str),
        only: &[String],
    ) -> Result<ImportPreview, Problem> {
        let (left, right) = (
            self.store(from.0, &silent()).await?,
            self.store(to.0, &silent()).await?,
        );
        let prepared =
            parameters::prepare_copy(&self.host, (&left, from.1), (&right, to.1), only, None)
                .await?;
        self.hold_import(to.0, prepared, from.1.to_owned(), to.1.to_owned())
    }

    fn hold_import(
        &self,
        place: &StorePlace,
        prepared: PreparedImport,
        from: String,
        path: String,
    ) -> Result<ImportPreview, Problem> {
        let preview = ImportPreview {
            id: self.id()?,
            token: self.token()?,
            from,
            path,
            view: prepared.view(),
        };
        let held = (place.clone(), preview.token.clone(), prepared);
        lock(&self.secrets.imports).insert(preview.id.clone(), held);
        Ok(preview)
    }

    /// Throws away what was shown, with the values in it.
    pub fn discard_import(&self, import: &str) {
        lock(&self.secrets.imports).remove(import);
    }

    /// Writes what was shown, once.
    ///
    /// # Errors
    /// When it is gone, or something stands in the way: what was written is told.
    pub async fn apply_import(
        &self,
        import: &str,
        token: &str,
        tell: TellSecrets,
    ) -> Result<ImportedView, Problem> {
        let held = {
            let mut imports = lock(&self.secrets.imports);
            let fits = imports.get(import).is_some_and(|held| held.1 == token);
            fits.then(|| imports.remove(import)).flatten()
        };
        let (place, _, prepared) = held.ok_or_else(gone)?;
        let store = self.store(&place, &watching(&tell)).await?;
        Ok(prepared.apply(&store).await?)
    }

    /// Compares what is below two paths.
    ///
    /// # Errors
    /// When one of the places cannot be read.
    pub async fn compare_secrets(
        &self,
        left: (&StorePlace, &str),
        right: (&StorePlace, &str),
    ) -> Result<parameters::Comparison, Problem> {
        let stores = (
            self.store(left.0, &silent()).await?,
            self.store(right.0, &silent()).await?,
        );
        let found =
            parameters::compare(&self.host, (&stores.0, left.1), (&stores.1, right.1)).await?;
        Ok(found)
    }

    /// Writes the values below a path into a file that somebody chose.
    ///
    /// # Errors
    /// When AWS does not answer or allow it, or the file cannot be written.
    pub async fn export_secrets(
        &self,
        place: &StorePlace,
        path: &str,
        file: &str,
    ) -> Result<ExportedSecrets, Problem> {
        let store = self.store(place, &silent()).await?;
        let form = parameters::form_of(file).unwrap_or(FileForm::Env);
        let exported = parameters::export(&store, path, form).await?;
        parameters::save(&self.host, file, &exported)?;
        Ok(ExportedSecrets {
            file: file
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            count: count(exported.count),
        })
    }
}

fn gone() -> ApiError {
    let title = "this was done or discarded, or Pilothouse was started again since";
    ApiError::new(Code::PlanGone, Kind::Precondition, title)
        .hint("Look again: what there is to do now is shown")
}
