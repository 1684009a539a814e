//! New services.

use pilothouse_api::create::{self, NewService, Template};

use crate::Desk;
use crate::wire::Problem;

impl Desk {
    /// What a service can be begun from.
    pub fn templates(&self) -> Vec<Template> {
        create::templates()
    }

    /// Says what is wrong about the name of a new service, if anything.
    ///
    /// # Errors
    /// With that.
    pub fn check_name(&self, name: &str) -> Result<(), Problem> {
        Ok(create::check_name(name)?)
    }

    /// Writes a new service and opens it; answers the project's id. Its folder is made inside `parent`, or among the new
    /// services in the user's home.
    ///
    /// # Errors
    /// When something about it is wrong, or its folder is taken or cannot be written.
    pub fn create_service(
        &self,
        asked: &NewService,
        parent: Option<&str>,
    ) -> Result<String, Problem> {
        create::check_name(&asked.name)?;
        let folder = parent.map(|parent| format!("{parent}/{}", asked.name));
        let folder = create::create(&self.host, asked, folder.as_deref())?;
        self.open_folder(&folder)
    }
}
