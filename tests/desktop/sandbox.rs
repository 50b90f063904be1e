//! The sandbox in the real window.

use serde_json::{Value, json};

use crate::window::{Desktop, Home};

/// An open sandbox, and the secrets that its banner tells everybody.
pub struct Sandbox {
    pub desktop: Desktop,
    pub pin: String,
    pub password: String,
}

impl Sandbox {
    pub async fn open(home: &Home) -> Self {
        let desktop = Desktop::start(home, &[]).await;
        desktop.turn_to("main").await;
        assert!(desktop.until(async || !snapshot(&desktop).await["environment"].is_null()).await);
        let note = snapshot(&desktop).await["environment"]["sandboxNote"].clone();
        let text = |name: &str| note[name].as_str().expect("the sandbox tells its secrets").to_owned();
        Self { pin: text("pin"), password: text("password"), desktop }
    }

    /// Asks for a sign-in, up to the empty PIN window.
    pub async fn ask_for_the_pin(&self) {
        self.desktop.turn_to("main").await;
        self.desktop.click("[data-testid=sign-in]").await;
        self.desktop.turn_to("pin").await;
        self.desktop.find("[data-testid=pin-step][data-step=pin]").await;
    }

    /// Types the PIN and confirms it.
    pub async fn give_pin(&self) {
        self.desktop.type_keys(&self.pin).await;
        self.desktop.type_keys("\u{e007}").await;
        self.desktop.find("[data-testid=pin-step][data-step=password]").await;
    }

    /// Types the password and confirms it; the session opens.
    pub async fn give_password(&self) {
        self.desktop.click("[data-testid=password-field]").await;
        self.desktop.type_keys(&self.password).await;
        self.desktop.type_keys("\u{e007}").await;
        assert!(self.desktop.is_gone("pin").await);
        self.desktop.turn_to("main").await;
        self.desktop.find("[data-testid=end-time]").await;
    }

    /// Whether the PIN window draws so many dots, now or within our patience.
    pub async fn draws(&self, dots: usize) -> bool {
        let count = format!("[data-testid=pin-dots][data-count='{dots}']");
        self.desktop.until(async || self.desktop.has(&count).await).await
    }
}

/// What the main window shows.
pub async fn snapshot(desktop: &Desktop) -> Value {
    desktop.call("snapshot", json!({})).await.expect("the main window may read the snapshot")
}
