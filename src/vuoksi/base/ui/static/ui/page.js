document.querySelector("[data-focus]")?.focus();
