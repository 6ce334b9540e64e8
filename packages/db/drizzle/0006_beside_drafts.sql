CREATE TABLE `pins` (
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`node` text NOT NULL,
	`outputs` text NOT NULL,
	`pinned_at` integer NOT NULL,
	PRIMARY KEY(`flow_id`, `node`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `ran_drafts` (
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`etag` text NOT NULL,
	`document` text NOT NULL,
	`ran_at` integer NOT NULL,
	PRIMARY KEY(`flow_id`, `etag`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade
);
