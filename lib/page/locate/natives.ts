/* oxlint-disable typescript/unbound-method -- each is only ever called with a receiver of its own. */

/**
 * Methods off their prototypes: a form's field named `querySelectorAll`, `submit` or `id` shadows the
 * form's own, in every world.
 */
export const { querySelectorAll, matches, getAttribute } = Element.prototype;
export const { contains } = Node.prototype;
export const { requestSubmit, submit } = HTMLFormElement.prototype;
export const { click } = HTMLElement.prototype;
