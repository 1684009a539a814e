//! The projects that were open, and how the user likes the window: kept in the app's data folder.

use std::sync::{Mutex, PoisonError};

use pilothouse_api::{ApiError, Host, Kind};
use pilothouse_effects::PrivateProblem;
use pilothouse_model::{Code, Digest};
use serde::{Deserialize, Serialize};

use crate::wire::{Preferences, Target, moment};

const FILE: &str = "window.json";
/// How many projects are remembered.
const MOST: usize = 20;

/// A project that was open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) folder: String,
    /// The service's name, as it was read last.
    pub(crate) name: String,
    /// The configuration file's name, as it was read last.
    pub(crate) config: String,
    pub(crate) opened_at: String,
    #[serde(default)]
    pub(crate) stage: Option<String>,
    #[serde(default)]
    pub(crate) target: Target,
    /// The folder of several services that it was opened from.
    #[serde(default)]
    pub(crate) within: Option<Within>,
}

/// A service among several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Within {
    /// The folder that holds all of them.
    pub(crate) folder: String,
    /// What it is called there.
    pub(crate) service: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Content {
    preferences: Preferences,
    /// Newest first.
    projects: Vec<Known>,
}

/// What is kept between two starts.
#[derive(Debug)]
pub(crate) struct Shelf {
    host: Host,
    content: Mutex<Option<Content>>,
}

impl Shelf {
    pub(crate) fn new(host: Host) -> Self {
        Self {
            host,
            content: Mutex::new(None),
        }
    }

    /// The id of a folder: the same at every start, and no path.
    pub(crate) fn id(folder: &str) -> String {
        let digest = Digest::of(folder.as_bytes()).to_string();
        format!("p{}", digest.get(..16).unwrap_or(&digest))
    }

    /// A folder's own name.
    pub(crate) fn name_of(folder: &str) -> &str {
        folder.rsplit(['/', '\\']).next().unwrap_or(folder)
    }

    /// Puts a folder on top and answers its id.
    pub(crate) fn open(&self, folder: &str, within: Option<Within>) -> Result<String, ApiError> {
        let id = Self::id(folder);
        let opened_at = moment(self.host.clock.now());
        self.change(|content| {
            let old = content.projects.iter().position(|known| known.id == id);
            let mut known = match old {
                Some(place) => content.projects.remove(place),
                None => Known {
                    id: id.clone(),
                    folder: folder.to_owned(),
                    name: Self::name_of(folder).to_owned(),
                    config: String::new(),
                    opened_at: String::new(),
                    stage: None,
                    target: Target::Sandbox,
                    within: None,
                },
            };
            known.opened_at = opened_at;
            // Opened by itself, it stays what it was.
            known.within = within.or(known.within);
            content.projects.insert(0, known);
            content.projects.truncate(MOST);
        })?;
        Ok(id)
    }

    /// Remembers what was read of a project. What is as it was is not written again.
    pub(crate) fn read(
        &self,
        id: &str,
        name: &str,
        config: &str,
        stage: Option<String>,
        target: &Target,
    ) -> Result<(), ApiError> {
        let mut known = self.find(id)?;
        let before = known.clone();
        name.clone_into(&mut known.name);
        config.clone_into(&mut known.config);
        known.stage = stage;
        known.target = target.clone();
        if known == before {
            return Ok(());
        }
        self.change(|content| {
            if let Some(place) = content.projects.iter_mut().find(|one| one.id == id) {
                *place = known;
            }
        })
    }

    pub(crate) fn forget(&self, id: &str) -> Result<(), ApiError> {
        self.change(|content| content.projects.retain(|known| known.id != id))
    }

    pub(crate) fn find(&self, id: &str) -> Result<Known, ApiError> {
        let found = self.projects()?.into_iter().find(|known| known.id == id);
        found.ok_or_else(|| {
            ApiError::new(
                Code::ProjectUnknown,
                Kind::User,
                "this project is not open any more",
            )
            .hint("Open its folder again")
        })
    }

    pub(crate) fn projects(&self) -> Result<Vec<Known>, ApiError> {
        self.with(|content| content.projects.clone())
    }

    pub(crate) fn preferences(&self) -> Result<Preferences, ApiError> {
        self.with(|content| content.preferences.clone())
    }

    pub(crate) fn set_preferences(&self, preferences: Preferences) -> Result<(), ApiError> {
        self.change(|content| content.preferences = preferences)
    }

    fn with<T>(&self, look: impl FnOnce(&Content) -> T) -> Result<T, ApiError> {
        let mut slot = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        match &*slot {
            Some(content) => Ok(look(content)),
            None => Ok(look(slot.insert(self.load()?))),
        }
    }

    /// What is on the disk changes first, so that what the window shows is never more than what is kept.
    fn change(&self, change: impl FnOnce(&mut Content)) -> Result<(), ApiError> {
        let mut slot = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        let mut content = match &*slot {
            Some(content) => content.clone(),
            None => self.load()?,
        };
        change(&mut content);
        let text = serde_json::to_vec_pretty(&content).unwrap_or_default();
        self.host
            .data
            .write(FILE, &text)
            .map_err(|problem| of_folder(&problem))?;
        *slot = Some(content);
        Ok(())
    }

    /// A file that cannot be understood is left behind: it holds nothing that cannot be opened again.
    fn load(&self) -> Result<Content, ApiError> {
        let bytes = self
            .host
            .data
            .read(FILE, 0)
            .map_err(|problem| of_folder(&problem))?;
        let read = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(read.unwrap_or_default())
    }
}

fn of_folder(problem: &PrivateProblem) -> ApiError {
    ApiError::new(Code::DataFolder, Kind::Precondition, problem.to_string())
        .detail(problem.source.to_string())
        .hint("Check its owner and permissions, or name another folder with PILOTHOUSE_HOME")
}
