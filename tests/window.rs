//! The real window, driven as a person would: needs a display and the built program, which `cargo xtask test` provides.

#[path = "support/window.rs"]
mod window;

use window::{Desktop, Home};

#[tokio::test(flavor = "multi_thread")]
async fn the_window_opens_without_a_serious_fault() {
    let home = Home::new();
    let desktop = Desktop::start(&home, &[]).await;
    desktop.turn_to("main").await;
    desktop.find("h1").await;
    desktop.picture("today").await;
    assert_eq!(desktop.serious_faults().await, Vec::<String>::new());
    desktop.quit().await;
}
