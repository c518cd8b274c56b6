//! The page: paste anything, and read why the task did not start.
//!
//! The page holds no logic of its own. `state` keeps what was pasted and which language is spoken;
//! the components show it. Whatever is pasted stays in this tab's memory.

mod app;
mod browser;
mod components;
mod state;
mod ui_text;

fn main() {
    console_error_panic_hook::set_once();
    // The static shell of `index.html` is replaced by the running page.
    let host = gloo_utils::document().get_element_by_id("app");
    match host {
        Some(host) => yew::Renderer::<app::App>::with_root(host).render(),
        None => yew::Renderer::<app::App>::new().render(),
    };
}
